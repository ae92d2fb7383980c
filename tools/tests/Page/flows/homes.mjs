import assert from 'node:assert/strict';

flow('typing finds homes by the beginning of their names from anywhere', async ({ open, urls }) => {
  const page = await open(urls.fleet);
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('h-00012');
  await page.getByText('10 homes found.').waitFor();
  assert.match(page.url(), /q=h-00012/);
  const names = await page.locator('.rows a').allTextContents();
  assert.equal(names.length, 10);
  assert.ok(names.every(name => name.startsWith('h-00012')), names.join());
  await page.keyboard.type('7');
  await page.getByText('1 home found.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'h-000127', level: 1 }).waitFor();
});

flow('a search that finds nothing says so and leads back', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes?q=nobody`);
  await page.getByText('No home begins with “nobody”').waitFor();
  await page.getByRole('link', { name: 'All homes' }).click();
  await page.getByText('100,000 homes.').waitFor();
});

flow('what no name can hold is not asked for', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes?q=${encodeURIComponent('"><b>é')}`);
  await page.getByText('No home begins with “"><b>é”').waitFor();
});

flow('the last of a hundred thousand homes is reached, and few rows exist', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes`);
  await page.getByRole('link', { name: 'h-000000', exact: true }).waitFor();
  await page.locator('.rows').evaluate(rows => { rows.scrollTop = rows.scrollHeight; });
  await page.getByRole('link', { name: 'h-099999', exact: true }).waitFor();
  assert.ok(await page.locator('.rows .row').count() < 60);
});

flow('arrow keys go through the list without a mouse', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes?q=h-0001`);
  await page.getByRole('link', { name: 'h-000100', exact: true }).focus();
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('ArrowDown');
  }
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'h-000130');
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.activeElement.textContent === 'h-000199');
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.activeElement.textContent === 'h-000100');
});

flow('a list comes back where it was left', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes`);
  await page.getByRole('link', { name: 'h-000000', exact: true }).waitFor();
  await page.locator('.rows').evaluate(rows => { rows.scrollTop = 44 * 5000; });
  await page.getByRole('link', { name: 'h-005000', exact: true }).click();
  await page.getByRole('heading', { name: 'h-005000', level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'h-005000', exact: true }).waitFor();
});

flow('order and filters are in the address and in the header', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes`);
  await page.getByRole('columnheader', { name: 'Index' }).getByRole('link').click();
  await page.waitForURL(/order=worst/);
  assert.equal(await page.getByRole('columnheader', { name: 'Index' }).getAttribute('aria-sort'), 'ascending');
  await page.getByRole('checkbox', { name: 'Getting worse' }).check();
  await page.waitForURL(/worse=1/);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('100,000 homes.').waitFor();
  assert.match(page.url(), /order=worst/);
});

flow('news change a row in its place and are offered, not forced', async ({ open, urls, ask }) => {
  const page = await open(`${urls.fleet}#/homes?order=worst`);
  await page.getByText('Live', { exact: true }).waitFor();
  const first = page.locator('.rows .row').first();
  await first.getByRole('link').waitFor();
  const home = await first.getByRole('link').textContent();
  await ask('assess', { home, index: 88 });
  await first.locator('.index-number', { hasText: '88' }).waitFor();
  assert.equal(await first.getByRole('link').textContent(), home);
  await page.getByRole('button', { name: /1 home assessed since/ }).click();
  await page.waitForFunction(name => document.querySelector('.rows .row a')?.textContent !== name, home);
});
