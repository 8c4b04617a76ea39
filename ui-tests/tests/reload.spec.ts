import { ComputePanel } from '../pages/computepanel';
import { expect, test } from '../support/fixtures';
import { STUCK_IMAGE } from '../support/gateway';

test('a reload and a second tab show the same clusters by the same names', async ({
  page,
  panel,
  server
}) => {
  await panel.open();
  await server.createRunning({ label: 'running-one' });
  await server.create({
    label: 'starting-one',
    options: { image: STUCK_IMAGE }
  });
  const expectBoth = async (where: ComputePanel) => {
    await where.card('running-one').waitUntil('running');
    await where.card('starting-one').waitUntil('pending');
    await expect(where.cards).toHaveCount(2);
  };
  await expectBoth(panel);

  await page.reload();
  await panel.open();
  await expectBoth(panel);

  const tab = await page.context().newPage();
  await tab.goto('lab/workspaces/second');
  const second = new ComputePanel(tab);
  await second.open();
  await expectBoth(second);

  // What one tab does, the other one shows.
  await second.card('starting-one').cancelButton.click();
  await panel.card('starting-one').waitUntilGone();
  await second.card('starting-one').waitUntilGone();
  await panel.card('running-one').waitUntil('running');
  await tab.close();
});
