import { expect, test } from '../support/fixtures';

/** What the panel shows of what happens in a script, on another computer. Nothing is clicked here. */

test('a cluster made elsewhere appears, follows its bounds, and leaves', async ({
  panel,
  server,
  gateway
}) => {
  await panel.open();
  await expect(panel.emptyState).toBeVisible();

  const fullName = await gateway.create();
  await expect(panel.cards).toHaveCount(1);
  const [{ id, name }] = await server.clusters();
  await server.waitFor(id, 'running');
  const card = panel.card(name);
  await card.waitUntil('running');

  await gateway.adapt(fullName, 1, 2);
  await card.expectSize({ minimum: 1, maximum: 2 });
  await card.waitForWorkers(1);
  await gateway.adapt(fullName, 0, 1);
  await card.expectSize({ minimum: 0, maximum: 1 });

  await gateway.stop(fullName);
  await card.waitUntil('stopped');
  await expect(card.root.getByRole('slider')).toHaveCount(0);
  await expect(card.root).not.toContainText('ready');
  await card.dismissButton.click();
  await expect(panel.emptyState).toBeVisible();
});
