// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

/**
 * Go to the first field of a form that has a problem; all of them say theirs.
 *
 * @returns Whether there is one.
 */
export function showFirstProblem(form: HTMLFormElement | null): boolean {
  const fields = form?.querySelectorAll<HTMLElement>('[data-problem]') ?? [];
  fields.forEach(field => field.dispatchEvent(new Event('invalid')));
  fields[0]?.focus();
  return fields.length > 0;
}
