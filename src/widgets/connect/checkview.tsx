// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Backend, CheckReport, CheckStep } from '../../_schema';
import type { IGateways } from '../../tokens';
import { FoundRegion } from '../foundregion';
import { WaitingBar } from '../waitingbar';
import { CheckSteps, summary } from './checksteps';
import { DialogButton, DialogButtons } from './dialogbuttons';
import { useAsking } from './useasking';

/** Properties of `CheckView`. */
export interface ICheckViewProps {
  gateways: IGateways;
  backend: Backend;
  /** The id of a kernel whose versions to compare with those here. */
  kernel: string | null;
  onCopy: (text: string) => void;
  /** Given for a gateway that can be edited. */
  onEdit?: () => void;
  trans: TranslationBundle;
}

/** Checks a connection as soon as it is shown, and again when asked to. */
export function CheckView(props: ICheckViewProps): JSX.Element {
  const { gateways, backend, kernel, trans } = props;
  const [steps, setSteps] = React.useState<readonly CheckStep[]>([]);
  const [report, setReport] = React.useState<CheckReport | null>(null);
  const [copied, setCopied] = React.useState(false);
  const { busy, problem, ask } = useAsking();
  const check = (): void => {
    setCopied(false);
    setSteps([]);
    setReport(null);
    ask(async () => {
      const onStep = (step: CheckStep) => setSteps(known => [...known, step]);
      setReport(await gateways.check(backend.id, kernel, onStep));
    });
  };
  // Once, when the dialog opens.
  const start = React.useRef(check);
  React.useEffect(() => start.current(), []);

  const copy = (text: string): void => {
    props.onCopy(text);
    setCopied(true);
  };
  return (
    <div className="jp-PccomputeConnect-form">
      <div className="jp-PccomputeForm-hint">
        {[backend.label, backend.address].filter(Boolean).join(' · ')}
      </div>
      <FoundRegion
        className="jp-PccomputeCheck"
        busy={busy}
        problem={problem}
        trans={trans}
      >
        {steps.length > 0 && <CheckSteps steps={steps} trans={trans} />}
      </FoundRegion>
      {busy && <WaitingBar label={trans.__('Checking')} />}
      <div className="jp-PccomputeForm-hint" role="status">
        {busy && trans.__('Checking step by step; this may take a minute…')}
        {!busy && report && !problem && summary(report.steps, trans)}
      </div>
      <DialogButtons
        apart={
          report && (
            <button
              type="button"
              className="jp-PccomputeConnect-link"
              onClick={() => copy(report.text)}
            >
              {copied ? trans.__('Report copied') : trans.__('Copy report')}
            </button>
          )
        }
      >
        {props.onEdit && (
          <DialogButton look="reject" onClick={props.onEdit}>
            {trans.__('Edit gateway')}
          </DialogButton>
        )}
        <DialogButton look="accept" busy={busy} onClick={check}>
          {trans.__('Check again')}
        </DialogButton>
      </DialogButtons>
    </div>
  );
}
