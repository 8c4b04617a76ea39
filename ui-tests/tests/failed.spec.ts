import { expect, test } from '../support/fixtures';
import { BROKEN_IMAGE, STUCK_IMAGE } from '../support/gateway';

const WHY = 'The gateway does not tell why';

test('a failed cluster says why, is edited and retried, and the new one is cancelled', async ({
  panel,
  server,
  gateway
}) => {
  const card = panel.card('gpu-train');
  await panel.open();
  await server.create({
    label: 'gpu-train',
    options: { image: BROKEN_IMAGE, worker_memory: 0.5 }
  });
  await card.waitUntil('failed');
  await expect(card.root).toContainText(WHY);

  await card.retryButton.click();
  const dialog = await panel.dialog();
  await expect(dialog.refusal).toContainText(WHY);
  await expect(dialog.name).toHaveValue('gpu-train');
  await expect(dialog.option('Worker memory')).toHaveValue('0.5');
  await expect(dialog.option('Image')).toHaveValue(BROKEN_IMAGE);
  await dialog.option('Image').fill(STUCK_IMAGE);
  await dialog.create();

  // The new one takes the place of the failed one.
  await expect(panel.cards).toHaveCount(1);
  await card.waitUntil('pending');
  await expect.poll(() => gateway.names()).toHaveLength(1);

  await card.cancelButton.click();
  await card.waitUntilGone();
  await expect.poll(() => gateway.names()).toEqual([]);
});

test('a failed cluster is dismissed', async ({ panel, server }) => {
  await panel.open();
  await server.create({
    label: 'gpu-train',
    options: { image: BROKEN_IMAGE }
  });
  const card = panel.card('gpu-train');
  await card.waitUntil('failed');
  await card.dismissButton.click();
  await card.waitUntilGone();
  await expect(panel.emptyState).toBeVisible();
});
