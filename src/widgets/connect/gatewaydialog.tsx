// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Backend, Preset } from '../../_schema';
import { GatewayForm, type IGatewayFormProps } from './gatewayform';
import { HubForm } from './hubform';
import { openStayingDialog } from './stayingdialog';

/** Options of `openGatewayDialog`. */
export type IGatewayDialogOptions = Pick<
  IGatewayFormProps,
  'gateways' | 'form' | 'existing'
> & {
  /** The address of a hub to start with. */
  hub?: string;
  trans: TranslationBundle;
};

/**
 * Ask how a gateway is reached, and add or change it.
 *
 * @returns The backend as it now is, or null if the person changed their mind.
 */
export function openGatewayDialog(
  options: IGatewayDialogOptions
): Promise<Backend | null> {
  const { existing, trans } = options;
  return openStayingDialog<Backend>({
    title: existing
      ? trans.__('Edit %1', existing.definition.label)
      : trans.__('Connect to a gateway'),
    focus: '.jp-PccomputeConnect-first',
    render: close => (
      <GatewaySteps {...options} onSaved={close} onCancel={() => close(null)} />
    )
  });
}

/** First the hub's address, then what it tells; a gateway that there is goes straight to its setup. */
function GatewaySteps(
  props: IGatewayFormProps & { hub?: string }
): JSX.Element {
  const [hub, setHub] = React.useState(props.hub ?? '');
  // Undefined while the hub is asked for; null where everything is typed by hand.
  const [preset, setPreset] = React.useState<Preset | null | undefined>(
    props.existing ? null : undefined
  );
  const steps = React.useRef<HTMLDivElement>(null);
  const first = React.useRef(true);
  React.useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // The field that had the focus is gone.
    steps.current
      ?.querySelector<HTMLElement>('.jp-PccomputeConnect-first')
      ?.focus();
  }, [preset]);

  return (
    <div ref={steps} className="jp-PccomputeConnect-steps">
      {preset === undefined ? (
        <HubForm
          {...props}
          hub={hub}
          onHub={setHub}
          onPreset={setPreset}
          onByHand={() => setPreset(null)}
        />
      ) : (
        <GatewayForm
          {...props}
          preset={preset ?? undefined}
          onBack={props.existing ? undefined : () => setPreset(undefined)}
        />
      )}
    </div>
  );
}
