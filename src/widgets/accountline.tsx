// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Backend } from '../_schema';
import { Note } from './note';

/** Properties of `AccountLine`. */
export interface IAccountLineProps {
  backend: Backend | undefined;
  /** The class of the line where nothing is missing. */
  className: string;
}

/** With which sign-in a backend makes clusters, or what to do where there is none; nothing where it needs none. */
export function AccountLine(props: IAccountLineProps): JSX.Element | null {
  const account = props.backend?.account;
  if (!account) {
    return null;
  }
  return account.signed_in === false ? (
    <Note kind="info">{account.text}</Note>
  ) : (
    <div className={props.className} title={account.text}>
      {account.text}
    </div>
  );
}
