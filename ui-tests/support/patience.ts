import * as utils from '@jupyterlab/galata/lib/utils';

/** Milliseconds for whatever galata waits for: by itself it waits for 15 seconds, in which a busy machine may not even start JupyterLab. */
const PATIENCE = 90_000;

const { waitForCondition } = utils;

/** Let galata wait for longer, wherever it does not say for how long. */
export function makeGalataPatient(): void {
  const patient: typeof waitForCondition = (condition, timeout = PATIENCE) =>
    waitForCondition(condition, timeout);
  Object.assign(utils, { waitForCondition: patient });
}
