import assert from 'node:assert/strict';

flow('markup in names and texts is text', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/A_home-with.a.very_long-name-that-some-operator-chose-0123456789`);
  const top = page.getByRole('region', { name: 'What is wrong' });
  await top.getByText('<img src=x onerror=').first().waitFor();
  await page.locator('.timelines canvas').first().waitFor();
  for (const details of await page.locator('details:visible > summary').all()) {
    await details.click();
  }
  await page.getByText('Last words').first().waitFor();
  assert.equal(await page.locator('main img, main script').count(), 0);
  assert.doesNotMatch(await page.title(), /owned/);
  const advice = await top.locator('blockquote').innerText();
  assert.ok(advice.includes('&amp;') && advice.includes('<script>'), advice);
});

flow('markup in the address is text', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
  await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
  assert.equal(await page.locator('main img').count(), 0);
});

flow('a collector that fails is told, and asked again when one wants', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/h-000003`);
  await page.getByRole('heading', { name: 'h-000003', level: 1 }).waitFor();
  await page.route('**/api/v1/fleet', route => route.fulfill({
    status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'The store failed', detail: 'Try again in a moment.' }),
  }));
  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  await page.getByText('The store failed').waitFor();
  await page.getByText('Try again in a moment.').waitFor();
  await page.unroute('**/api/v1/fleet');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('100,000').first().waitFor();
});

flow('a lost connection is said, what is shown stays, and it comes back by itself', async ({ open, urls }) => {
  const page = await open(urls.none, { viewport: { width: 1280, height: 900 } });
  await page.route('**/api/v1/**', route => route.abort());
  await page.goto(`${urls.fleet}#/homes/h-000003`);
  await page.getByText('The collector does not answer').first().waitFor();
  await page.getByText('The connection to the collector is lost.').waitFor();
  await page.unroute('**/api/v1/**');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText('Live', { exact: true }).waitFor();
  await page.locator('.stale').waitFor({ state: 'hidden' });
});
