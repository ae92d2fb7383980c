import assert from 'node:assert/strict';

flow('the fleet is told in numbers, and its parts add up', async ({ open, urls }) => {
  const page = await open(urls.fleet);
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
  await page.getByText('100,000').first().waitFor();
  const bands = await page.locator('.spread-key b').allTextContents();
  assert.equal(bands.map(text => Number(text.replaceAll(',', ''))).reduce((a, b) => a + b), 100_000);
});

flow('a cause leads to the homes that have it, the worst first', async ({ open, urls }) => {
  const page = await open(urls.fleet);
  const cause = page.getByRole('link', { name: /Congested channel/ });
  const count = (await cause.locator('.cause-count').textContent()).replace(/\D/g, '');
  await cause.click();
  await page.getByRole('heading', { name: 'Homes', level: 1 }).waitFor();
  await page.getByText(`${Number(count).toLocaleString('en-GB')} homes found.`).waitFor();
  assert.match(page.url(), /cause=congestedChannel&order=worst/);
  await page.locator('.rows .cause-text').first().waitFor();
  const causes = await page.locator('.rows .cause-text b').allTextContents();
  assert.deepEqual([...new Set(causes)], ['Congested channel']);
  const indexes = (await page.locator('.rows .index-number').allTextContents()).map(Number);
  assert.deepEqual(indexes, indexes.toSorted((a, b) => a - b));
});

flow('a home that gets worse is one click away', async ({ open, urls }) => {
  const page = await open(urls.fleet);
  const list = page.getByRole('region', { name: 'Getting worse' });
  await list.getByRole('link').first().click();
  await page.getByRole('heading', { name: 'How we know' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
});

flow('a fleet without homes says so, and no number is made up', async ({ open, urls }) => {
  const page = await open(urls.none);
  await page.getByText('No home has been heard yet').waitFor();
  await page.getByText('No home has got worse').waitFor();
  const mean = page.locator('.figure', { hasText: 'Mean index' }).locator('dd');
  assert.equal(await mean.locator('.unknown').count(), 1);
  await page.getByRole('link', { name: 'Homes', exact: true }).click();
  await page.getByText('No home has been heard yet').waitFor();
});
