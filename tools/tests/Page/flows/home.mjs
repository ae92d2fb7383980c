import assert from 'node:assert/strict';

const troubled = '#/homes/h-000003';

flow('what is wrong and what to say stand first, with how sure that is', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const top = page.getByRole('region', { name: 'What is wrong' });
  await top.getByRole('heading', { name: 'Weak backhaul' }).waitFor();
  await top.getByText('54 of 100').waitFor();
  await top.getByText('High confidence (86 %)').waitFor();
  await top.getByText('Read this out first').waitFor();
  await top.getByText(/^Move the bedroom node nearer the hall/).waitFor();
  assert.match(await page.title(), /^h-000003/);
});

flow('how it is known is told with numbers, limits, sources and a chart', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const how = page.getByRole('region', { name: 'How we know' });
  const evidence = how.locator('.evidence').first();
  await evidence.waitFor();
  const text = await evidence.innerText();
  for (const part of ['−61 dBm', '−79 dBm', '−18 dB', '−75 dBm', 'ALE OmniVista', 'measured by the node’s radio', '4 min old']) {
    assert.ok(text.includes(part), `${part} is not in ${text}`);
  }
  await evidence.locator('canvas').waitFor();
  assert.match(await evidence.locator('.plot').getAttribute('aria-label'), /Link signal, median.*−79 dBm to −60 dBm.*1 stretch in which nothing is known/s);
  await how.getByText('What else was considered').waitFor();
  assert.ok(await how.locator('.considered dt').count() >= 8);
});

flow('a limit is said in its own unit, and drawn only among values of that unit', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const evidence = page.locator('.evidence', { hasText: 'weak for 83 % of the last day' });
  await evidence.locator('canvas').waitFor();
  assert.match(await evidence.innerText(), /Limit\s+−75 dBm/);
  assert.match(await evidence.locator('.plot').getAttribute('aria-label'), /80 % of the time to 83 % of the time/);
});

flow('the values of a chart are also a table, in which unknown is a word', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const chart = page.locator('.chart', { hasText: 'Backhaul signal' });
  await chart.locator('summary').click();
  await chart.getByRole('table').waitFor();
  const columns = await chart.getByRole('columnheader').allTextContents();
  assert.deepEqual(columns, ['Time', 'attic (dBm)', 'bedroom (dBm)', 'cellar (dBm)', 'hall (dBm)', 'kitchen (dBm)']);
  const last = await chart.getByRole('row').last().getByRole('cell').allTextContents();
  assert.equal(last[2], 'unknown');
  assert.equal(last[4], 'unknown');
});

flow('arrow keys move the marker of a chart, and the others follow', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const charts = page.getByRole('region', { name: 'Over time' });
  const first = charts.locator('.chart', { hasText: 'Backhaul signal' });
  await first.locator('canvas').waitFor();
  await first.locator('.plot').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const times = () => charts.locator('.legend-time').allTextContents();
  await page.waitForFunction(() => [...document.querySelectorAll('.timelines .legend-time')].every(e => /\d\d:\d\d/.test(e.textContent)));
  assert.ok((await times()).length >= 6);
});

flow('the drawing of the home says who serves whom, and how well', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const home = page.getByRole('region', { name: 'The home' });
  const branch = name => home.locator('li', { has: page.locator(`.node-name:has-text("${name}")`) }).last();
  await home.getByText('has the trouble').waitFor();
  assert.match(await branch('bedroom').innerText(), /very weak −7\d dBm[\s\S]*bedroom[\s\S]*has the trouble/);
  assert.match(await branch('kitchen').innerText(), /lost[\s\S]*Off line for 5 h/);
  assert.match(await branch('cellar').innerText(), /unknown[\s\S]*listens beside the gateway/);
  assert.equal(await branch('bedroom').locator('ul').count(), 0);
  const parent = home.locator('li', { has: page.locator(':scope > .node-card .node-name:has-text("hall")') });
  assert.match(await parent.innerText(), /hall[\s\S]*attic/);
});

flow('heard, quiet and unknown channels are told apart, in words too', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const table = page.getByRole('table', { name: '2.4 GHz' });
  const row = table.getByRole('row', { name: /^bedroom/ });
  await row.waitFor();
  const cells = await row.getByRole('cell').allTextContents();
  assert.equal(cells.length, 13);
  assert.match(cells[5], /Channel 6, the node’s own: heard, 14 access points, strongest −41 dBm, 71 % busy/);
  assert.match(cells[2], /Channel 3: quiet, listened 0.5 s/);
  assert.match(cells[11], /Channel 12: unknown, not listened to/);
  assert.match(await page.getByRole('region', { name: 'Channels', exact: true }).innerText(), /attic: all channels unknown/);
});

flow('another time and node are chosen, and the address keeps them', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  await page.getByRole('button', { name: '7 days' }).click();
  await page.waitForURL(/range=7d/);
  await page.getByRole('combobox', { name: 'Node' }).selectOption('bedroom');
  await page.waitForURL(/range=7d&node=bedroom/);
  await page.reload();
  await page.getByRole('button', { name: '7 days', pressed: true }).waitFor();
  const chart = page.locator('.chart', { hasText: 'Backhaul signal' });
  await chart.locator('summary').click();
  assert.deepEqual(await chart.getByRole('columnheader').allTextContents(), ['Time', 'bedroom (dBm)']);
});

flow('a change is compared before and after', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const compare = page.getByRole('region', { name: 'Before and after' });
  await page.getByRole('region', { name: 'What is wrong' }).getByText('Weak backhaul').waitFor();
  await compare.getByLabel('Compare').selectOption('72');
  await compare.getByRole('button', { name: 'Compare' }).click();
  const row = compare.getByRole('table', { name: 'bedroom' }).getByRole('row', { name: /Backhaul signal/ });
  await row.waitFor();
  assert.match(await row.innerText(), /−5\d[\s\S]*−7\d[\s\S]*worse/);
});

flow('a healthy home says what was looked for', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/h-000005`);
  await page.getByRole('heading', { name: 'Nothing wrong was found' }).waitFor();
  await page.getByText('10 causes were looked for').waitFor();
});

flow('a home that is bad without a known cause is not called well', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/h-000005`);
  await page.route('**/assessment', async route => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), index: 53 } });
  });
  await page.reload();
  await page.getByRole('heading', { name: 'No cause is known yet' }).waitFor();
  await page.getByText('Time was bad for the people in this home. 10 causes were looked for').waitFor();
});

flow('a home that was not assessed yet shows what was measured', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/h-000006`);
  await page.getByText('Not assessed yet').waitFor();
  await page.locator('.timelines canvas').first().waitFor();
});

flow('a home that fell silent is shown as of then, and not as well', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/h-000007`);
  await page.getByText(/Nothing has been heard of this home for 5 h/).waitFor();
  const top = page.getByRole('region', { name: 'What is wrong' });
  assert.match(await top.innerText(), /The index is unknown/);
});

flow('a home that nobody knows is not found', async ({ open, urls }) => {
  const page = await open(`${urls.fleet}#/homes/nobody`);
  await page.getByRole('heading', { name: 'Not found' }).waitFor();
  await page.getByText('No home is called “nobody”.').waitFor();
  await page.getByRole('link', { name: 'All homes' }).click();
  await page.getByRole('heading', { name: 'Homes', level: 1 }).waitFor();
});

flow('the evidence bundle is taken along', async ({ open, urls }) => {
  const page = await open(urls.fleet + troubled);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Evidence bundle' }).click();
  assert.match((await download).suggestedFilename(), /h-000003.*\.json/);
});

flow('news of the home appear by themselves and are announced', async ({ open, urls, ask }) => {
  const page = await open(`${urls.fleet}#/homes/h-000009`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.locator('.index-large').waitFor();
  await ask('assess', { home: 'h-000009', index: 41.5 });
  await page.getByText('41 of 100').waitFor();
  await page.locator('#announcer', { hasText: 'h-000009: assessed anew' }).waitFor({ state: 'attached' });
  await ask('notice', { home: 'h-000009', node: 'bedroom' });
  await page.getByRole('region', { name: 'Events', exact: true }).getByText('Backhaul signal fell from −61 dBm to −79 dBm').waitFor();
});
