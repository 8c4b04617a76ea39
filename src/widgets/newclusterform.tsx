// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSONObject } from '@lumino/coreutils';
import React from 'react';
import type { CreateCluster, OptionsForm as Form } from '../_schema';
import type { IClusterManager, ScalingRequest } from '../tokens';
import { AccountLine } from './accountline';
import { localLast } from './backendorder';
import { BackendPicker } from './backendpicker';
import { Button } from './buttons';
import { MAX_LABEL } from './clustername';
import { type ICodeActions, NewClusterCode } from './newclustercode';
import type { ILastChoices, LastChoices } from './lastchoices';
import { Note } from './note';
import { OffersLine } from './offersline';
import { OptionsForm } from './optionsform';
import { editingSchema, startValues } from './optionsschema';
import { areValid } from './optionsvalidation';
import { PresetPicker } from './presetpicker';
import { within } from './scaling';
import { ScalingControl } from './scalingcontrol';
import { sizeSentence } from './sizesentence';
import { useManager } from './usemanager';
import { useOffers } from './useoffers';
import { useOptions } from './useoptions';
import { WaitingBar } from './waitingbar';

/** The most workers of a first cluster; fewer where nobody knows how many the backend allows. */
const FIRST_MAXIMUM = 4;
const FIRST_MAXIMUM_WITHOUT_LIMIT = 2;

/** Properties of `NewClusterForm`. */
export interface INewClusterFormProps {
  manager: IClusterManager;
  lastChoices: LastChoices;
  /** What to start with; its options are kept as they are, fitting or not. */
  initial: CreateCluster;
  /** Why the backend refused `initial`, in its words. */
  error?: string;
  /** What can be done with the code that makes the same cluster. */
  code: ICodeActions;
  /** Called with each change: the request, or null while it can't be sent. */
  onChange: (request: CreateCluster | null) => void;
  trans: TranslationBundle;
}

/** What keeps each option from having a value, by name. */
interface IProblems {
  [field: string]: string;
}

/** Stands for the size among them: no option has an empty name. */
const SIZE = '';

/** What has been chosen for one backend. */
interface IChoices {
  options: JSONObject;
  scaling: ScalingRequest;
}

/** Everything in the dialog for a new cluster, between its title and its buttons. */
export function NewClusterForm(props: INewClusterFormProps): JSX.Element {
  const { manager, initial, trans, onChange } = props;
  useManager(manager);
  const nameId = React.useId();
  const [name, setName] = React.useState(initial.label ?? '');
  const [backend, setBackend] = React.useState(initial.backend);
  // By backend, so that a look at another one loses nothing.
  const [chosen, setChosen] = React.useState<{ [backend: string]: IChoices }>(
    {}
  );
  const [problems, setProblems] = React.useState<IProblems>({});
  // A preset replaces what the fields have kept of themselves.
  const [presetsTaken, takePreset] = React.useReducer(
    (count: number) => count + 1,
    0
  );
  const [loaded, again] = useOptions(manager, props.lastChoices, backend);
  const label = manager.backend(backend)?.label ?? backend;

  const onProblem = React.useCallback(
    (field: string, problem: string | null): void =>
      setProblems(({ [field]: _, ...others }) =>
        problem === null ? others : { ...others, [field]: problem }
      ),
    []
  );
  const onSound = React.useCallback(
    (sound: boolean) => onProblem(SIZE, sound ? null : 'size'),
    [onProblem]
  );

  const ready = loaded.state === 'ready' ? loaded : null;
  const choices = React.useMemo(
    () =>
      ready &&
      (chosen[backend] ??
        start(ready.form, ready.last, backend === initial.backend && initial)),
    [ready, chosen, backend, initial]
  );
  const choose = (change: Partial<IChoices>): void => {
    if (choices) {
      setChosen({ ...chosen, [backend]: { ...choices, ...change } });
    }
  };

  const offers = useOffers(
    manager,
    backend,
    ready && ready.form,
    choices && choices.options
  );
  const schema = React.useMemo(
    () => ready && editingSchema(ready.form),
    [ready]
  );
  const request = React.useMemo<CreateCluster | null>(() => {
    if (
      !choices ||
      !schema ||
      Object.keys(problems).length > 0 ||
      !areValid(schema, choices.options)
    ) {
      return null;
    }
    return { backend, ...choices, label: name.trim() || null };
  }, [backend, choices, schema, problems, name]);
  React.useEffect(() => onChange(request), [onChange, request]);

  return (
    <div className="jp-PccomputeNewCluster-form">
      <BackendPicker
        backends={localLast(manager.backends)}
        value={backend}
        onChange={next => {
          setProblems({});
          setBackend(next);
        }}
        trans={trans}
      />
      <AccountLine
        backend={manager.backend(backend)}
        className="jp-PccomputeForm-hint"
      />
      {props.error && (
        <Note kind="error" alert>
          {props.error}
        </Note>
      )}
      <div className="jp-PccomputeForm-item">
        <label className="jp-PccomputeForm-label" htmlFor={nameId}>
          {trans.__('Name')}{' '}
          <span className="jp-PccomputeForm-hint">{trans.__('optional')}</span>
        </label>
        <input
          id={nameId}
          className="jp-PccomputeForm-input jp-PccomputeNewCluster-name"
          type="text"
          autoComplete="off"
          maxLength={MAX_LABEL}
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </div>
      {loaded.state === 'loading' && (
        <div className="jp-PccomputeNewCluster-loading" role="status">
          <WaitingBar label={trans.__('Waiting for %1', label)} />
          <div className="jp-PccomputeForm-hint">
            {trans.__('Asking %1 for its options…', label)}
          </div>
        </div>
      )}
      {loaded.state === 'failed' && (
        <Note
          kind="error"
          alert
          action={<Button onClick={again}>{trans.__('Try again')}</Button>}
        >
          {loaded.message}
        </Note>
      )}
      {ready && choices && (
        <>
          <PresetPicker
            form={ready.form}
            values={choices.options}
            onChoose={options => {
              takePreset();
              setProblems(onlySize);
              choose({ options });
            }}
            trans={trans}
          />
          <OffersLine offers={offers} trans={trans} />
          <OptionsForm
            key={`${backend} ${presetsTaken}`}
            form={ready.form}
            values={choices.options}
            onChange={options => choose({ options })}
            onProblem={onProblem}
            suggestions={offers.values}
            trans={trans}
          />
          <div className="jp-PccomputeForm-item">
            <div className="jp-PccomputeForm-label">{trans.__('Size')}</div>
            <ScalingControl
              name={name.trim() || trans.__('the new cluster')}
              value={choices.scaling}
              limit={ready.form.limit}
              onChoose={scaling => choose({ scaling })}
              onSound={onSound}
              trans={trans}
            />
            <div className="jp-PccomputeForm-hint">
              {sizeSentence(
                choices.scaling,
                ready.form,
                choices.options,
                trans
              )}
            </div>
          </div>
          <NewClusterCode
            request={request}
            actions={props.code}
            trans={trans}
          />
        </>
      )}
    </div>
  );
}

/** The problems that are left where all options have other values. */
function onlySize(problems: IProblems): IProblems {
  return SIZE in problems ? { [SIZE]: problems[SIZE] } : {};
}

/** What to start with: what was asked for, else what was chosen last time, else the backend's defaults. */
function start(
  form: Form,
  last: ILastChoices,
  initial: CreateCluster | false
): IChoices {
  const asked = initial || null;
  return {
    options: startValues(form, asked?.options ?? last.options),
    scaling:
      asked?.scaling ??
      within(last.scaling ?? firstSize(form.limit), form.limit)
  };
}

/** The size of a first cluster: small, and it grows by itself. */
function firstSize(limit: number | null): ScalingRequest {
  const maximum = limit === null ? FIRST_MAXIMUM_WITHOUT_LIMIT : FIRST_MAXIMUM;
  return { mode: 'adaptive', minimum: 1, maximum };
}
