// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** A request that a dialog sends, and what came of it. */
export interface IAsking {
  busy: boolean;
  /** Why the last try failed, for people. */
  problem: string | null;
  /** Whether the server wants the person to be asked first; then the next try says that they were. */
  confirming: boolean;
  /** Send; `confirmed` tells whether the person was asked and agreed. Does nothing while one is under way. */
  ask: (send: (confirmed: boolean) => Promise<void>) => void;
  /** What was confirmed is no longer what would be sent. */
  forget: () => void;
}

const IDLE = { busy: false, problem: null, confirming: false };

/** Send a request from a dialog that stays open until it succeeds. */
export function useAsking(): IAsking {
  const [state, setState] =
    React.useState<Pick<IAsking, 'busy' | 'problem' | 'confirming'>>(IDLE);
  const shown = React.useRef(true);
  React.useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  const ask: IAsking['ask'] = send => {
    if (state.busy) {
      return;
    }
    setState({ ...state, busy: true, problem: null });
    send(state.confirming).then(
      () => shown.current && setState(IDLE),
      (error: unknown) => {
        if (shown.current) {
          const { code, message } = error as { code?: string; message: string };
          const confirming = code === 'confirm-plain-http';
          setState({ busy: false, problem: message, confirming });
        }
      }
    );
  };
  const forget = (): void => {
    if (!state.busy && (state.confirming || state.problem !== null)) {
      setState(IDLE);
    }
  };
  return { ...state, ask, forget };
}
