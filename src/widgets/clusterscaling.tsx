// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { JSONExt } from '@lumino/coreutils';
import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs, type ScalingRequest } from '../tokens';
import { Button } from './buttons';
import { usePanel } from './context';
import { Note } from './note';
import { formatScaling, isLargeJump, scalingOf, topOf } from './scaling';
import { ScaleToZero } from './scaletozero';
import { ScalingControl } from './scalingcontrol';

/** The state between a choice and the cluster that shows it. */
interface IAsked {
  request: ScalingRequest;
  /** Still waiting for the person to say yes, rather than for the server. */
  unsure: boolean;
}

/** The scaling of one running cluster: sends each choice once, and says how far it has come. */
export function ClusterScaling(props: {
  cluster: Cluster;
  name: string;
}): JSX.Element {
  const { cluster, name } = props;
  const { commands, trans } = usePanel();
  const [asked, setAsked] = React.useState<IAsked | null>(null);
  const [failure, setFailure] = React.useState<string | null>(null);
  // The newest request; answers to older ones are of no interest.
  const newest = React.useRef<ScalingRequest | null>(null);

  const [revealed, setRevealed] = React.useState(false);

  const { scaling, workers } = cluster;
  const limit = scaling?.limit ?? null;
  const current = scalingOf(cluster);

  const send = (request: ScalingRequest): void => {
    newest.current = request;
    setAsked({ request, unsure: false });
    const { mode, ...size } = request;
    const command =
      mode === 'adaptive' ? CommandIDs.adaptCluster : CommandIDs.scaleCluster;
    const settle = (message: string | null): void => {
      if (newest.current === request) {
        setAsked(null);
        setFailure(message);
      }
    };
    commands.execute(command, { id: cluster.id, ...size }).then(
      () => settle(null),
      (reason: unknown) => settle(messageOf(reason))
    );
  };
  const choose = (request: ScalingRequest): void => {
    setFailure(null);
    // What was asked for last counts as current: a change of mind must be sent, too.
    const before = asked && !asked.unsure ? asked.request : current;
    if (scaling && JSONExt.deepEqual({ ...request }, { ...before })) {
      setAsked(asked?.unsure ? null : asked);
    } else if (isLargeJump(request, before, limit)) {
      setAsked({ request, unsure: true });
    } else {
      send(request);
    }
  };

  if (!scaling && !asked && !revealed) {
    // Showing thumbs somewhere would claim to know where they are.
    return (
      <div className="jp-PccomputePanel-scaling">
        <Note
          kind="info"
          action={
            <Button
              label={trans.__('Set its size: %1', name)}
              onClick={() => setRevealed(true)}
            >
              {trans.__('Set its size')}
            </Button>
          }
        >
          {trans.__('How this cluster scales is not known.')}
        </Note>
      </div>
    );
  }
  return (
    <div className="jp-PccomputePanel-scaling">
      <ScalingControl
        name={name}
        value={asked?.request ?? current}
        limit={limit}
        current={workers.requested ?? workers.ready}
        onChoose={choose}
        trans={trans}
      >
        <ScaleToZero cluster={cluster} name={name} />
      </ScalingControl>
      {asked?.unsure ? (
        <Note
          kind="warning"
          alert
          action={
            <>
              <Button onClick={() => send(asked.request)}>
                {trans.__('Ask for %1', formatScaling(asked.request))}
              </Button>
              <Button onClick={() => setAsked(null)}>
                {trans.__('Keep %1', formatScaling(current))}
              </Button>
            </>
          }
        >
          {trans.__(
            'Up to %1 workers? This backend has named no limit, and they may cost money.',
            topOf(asked.request).toLocaleString()
          )}
        </Note>
      ) : (
        <Standing cluster={cluster} asked={asked?.request ?? null} />
      )}
      {failure && (
        <Note kind="error" alert>
          {failure}
        </Note>
      )}
      {!asked && scaling?.warning && (
        <Note kind="warning">{scaling.warning}</Note>
      )}
    </div>
  );
}

/** One line on what the shown size rests on: asked for, set here, or unknown; nothing where the scheduler says so. */
function Standing(props: {
  cluster: Cluster;
  asked: ScalingRequest | null;
}): JSX.Element | null {
  const { trans } = usePanel();
  const { scaling } = props.cluster;
  const text = (() => {
    if (props.asked || scaling?.confirmed === false) {
      const request = props.asked ?? scalingOf(props.cluster);
      return trans.__('Asked for %1…', formatScaling(request));
    }
    if (!scaling) {
      return trans.__(
        'What is set here replaces how this cluster scales, which is not known.'
      );
    }
    return scaling.source === 'set-here'
      ? trans.__('Set here, not confirmed by the scheduler')
      : null;
  })();
  return text ? <div className="jp-PccomputePanel-hint">{text}</div> : null;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
