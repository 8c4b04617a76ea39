// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { CreateCluster, Snippet } from '../_schema';
import { Button } from './buttons';
import { Note } from './note';
import { CodeBlock, type HighlightCode } from './ways/codeblock';

/** Milliseconds without a change after which the code is asked for. */
const PAUSE = 300;

/** What the dialog for a new cluster does with code. */
export interface ICodeActions {
  /** The code that makes what a request asks for. */
  load: (request: CreateCluster) => Promise<Snippet>;
  copy: (snippet: Snippet) => void;
  /** Takes the code to the notebook instead of creating the cluster here. */
  insert: (request: CreateCluster) => void;
  highlight: HighlightCode | null;
}

/** Properties of `NewClusterCode`. */
export interface INewClusterCodeProps {
  /** null while what is typed can't be sent. */
  request: CreateCluster | null;
  actions: ICodeActions;
  trans: TranslationBundle;
}

/** The code that makes the same cluster, folded away until somebody wants it. */
export function NewClusterCode(props: INewClusterCodeProps): JSX.Element {
  const { trans } = props;
  const [open, setOpen] = React.useState(false);
  const region = React.useId();
  const Caret = open ? caretDownIcon : caretRightIcon;
  return (
    <div className="jp-PccomputeForm-item">
      <button
        type="button"
        className="jp-PccomputeNewCluster-code"
        aria-expanded={open}
        aria-controls={region}
        onClick={() => setOpen(!open)}
      >
        <Caret.react tag="span" elementPosition="center" />
        {trans.__('Show code')}
      </button>
      <div id={region} hidden={!open}>
        {open && <OpenCode {...props} />}
      </div>
    </div>
  );
}

function OpenCode(props: INewClusterCodeProps): JSX.Element {
  const { request, actions, trans } = props;
  const { snippet, problem, current } = useCode(request, actions);
  const [copied, setCopied] = React.useState<string | null>(null);
  return (
    <>
      <div className="jp-PccomputeForm-hint" role="status">
        {request
          ? trans.__('Makes the same cluster from a notebook or a script.')
          : trans.__('There is code once every value above is right.')}
      </div>
      {problem && (
        <Note kind="error" alert>
          {problem}
        </Note>
      )}
      {snippet && (
        <CodeBlock
          code={snippet.code}
          language={snippet.language}
          label={trans.__('Code: %1', snippet.title)}
          highlight={actions.highlight}
          busy={!current}
        />
      )}
      {snippet && request && current && (
        <div className="jp-PccomputePanel-actions">
          <Button
            onClick={() => {
              actions.copy(snippet);
              setCopied(snippet.code);
            }}
          >
            {copied === snippet.code
              ? trans.__('Copied')
              : trans.__('Copy code')}
          </Button>
          <Button
            title={trans.__(
              'Close this dialog and put the code into the notebook'
            )}
            onClick={() => actions.insert(request)}
          >
            {trans.__('Insert code')}
          </Button>
        </div>
      )}
    </>
  );
}

/** What is known of the code for a request. */
interface ICode {
  snippet: Snippet | null;
  problem: string | null;
  /** Whether it is that of the request as it is now. */
  current: boolean;
}

/** The code for a request, asked for again a moment after the last change. */
function useCode(request: CreateCluster | null, actions: ICodeActions): ICode {
  const [code, setCode] = React.useState<
    Omit<ICode, 'current'> & { of: string }
  >({ snippet: null, problem: null, of: '' });
  const { load } = actions;
  const wanted = request ? JSON.stringify({ ...request, label: null }) : '';
  React.useEffect(() => {
    if (!wanted) {
      return;
    }
    let shown = true;
    const timer = window.setTimeout(() => {
      load(JSON.parse(wanted) as CreateCluster).then(
        snippet => shown && setCode({ snippet, problem: null, of: wanted }),
        (error: unknown) =>
          shown &&
          setCode({
            snippet: null,
            problem: (error as Error).message,
            of: wanted
          })
      );
    }, PAUSE);
    return () => {
      shown = false;
      window.clearTimeout(timer);
    };
  }, [wanted, load]);
  return { ...code, current: code.of === wanted };
}
