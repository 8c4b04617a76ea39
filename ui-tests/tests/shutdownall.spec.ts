import { Confirmation } from '../pages/confirmation';
import { expect, test } from '../support/fixtures';
import { STUCK_IMAGE } from '../support/gateway';

test('all clusters of a backend are shut down with one question', async ({
  page,
  panel,
  server,
  gateway
}) => {
  await panel.open();
  await server.create({ label: 'one', options: { image: STUCK_IMAGE } });
  await server.createRunning({ label: 'two' });
  await panel.card('one').waitUntil('pending');
  await panel.card('two').waitUntil('running');

  await panel.choose('Shut down all on Dask Gateway…');
  const question = new Confirmation(
    page,
    'Shut down all 2 clusters on Dask Gateway?'
  );
  await question.answer('Cancel');
  await expect(panel.cards).toHaveCount(2);

  await panel.choose('Shut down all on Dask Gateway…');
  await question.answer('Shut Down All');
  await panel.card('one').waitUntilGone();
  await panel.card('two').waitUntilGone();
  expect(await gateway.names()).toEqual([]);
});
