// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { CheckStep } from '../../_schema';

const MARKS: { [state in CheckStep['state']]: string } = {
  passed: '✓',
  failed: '✕',
  warning: '!',
  skipped: '–'
};

/** What was found, one row a step. */
export function CheckSteps(props: {
  steps: readonly CheckStep[];
  trans: TranslationBundle;
}): JSX.Element {
  const { steps, trans } = props;
  return (
    <ol className="jp-PccomputeCheck-list">
      {steps.map(step => (
        <li
          key={step.id}
          className={`jp-PccomputeCheck-step jp-mod-step-${step.state}`}
        >
          <span className="jp-PccomputeCheck-mark" aria-hidden="true">
            {MARKS[step.state]}
          </span>
          <div className="jp-PccomputeCheck-found">
            <div className="jp-PccomputeCheck-title">
              <span className="jp-sr-only">
                {stateWord(step.state, trans)}:{' '}
              </span>
              {step.title}
            </div>
            <div className="jp-PccomputeForm-hint">{step.detail}</div>
            {step.advice && (
              <div className="jp-PccomputeCheck-advice">{step.advice}</div>
            )}
          </div>
          {step.state !== 'skipped' && (
            <span className="jp-PccomputeCheck-time">
              {formatTime(step.milliseconds, trans)}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The result as one sentence, for the top of the list and for screen readers. */
export function summary(
  steps: readonly CheckStep[],
  trans: TranslationBundle
): string {
  const count = (state: CheckStep['state']): number =>
    steps.filter(step => step.state === state).length;
  const failed = count('failed');
  const warnings = count('warning');
  if (failed > 0) {
    return trans._n('%1 step failed.', '%1 steps failed.', failed);
  }
  return warnings > 0
    ? trans._n(
        'The connection works; %1 thing to know.',
        'The connection works; %1 things to know.',
        warnings
      )
    : trans.__('Nothing is wrong with the connection.');
}

function stateWord(
  state: CheckStep['state'],
  trans: TranslationBundle
): string {
  switch (state) {
    case 'passed':
      return trans.__('passed');
    case 'failed':
      return trans.__('failed');
    case 'warning':
      return trans.__('warning');
    case 'skipped':
      return trans.__('skipped');
  }
}

/** Milliseconds while they are few: `41 ms`, `5.0 s`. */
function formatTime(milliseconds: number, trans: TranslationBundle): string {
  return milliseconds < 1000
    ? trans.__('%1 ms', milliseconds)
    : trans.__('%1 s', (milliseconds / 1000).toFixed(1));
}
