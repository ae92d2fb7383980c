import assert from 'node:assert/strict';

const views = {
  fleet: { hash: '', ready: page => page.locator('.home-list a').first().waitFor() },
  homes: { hash: '#/homes?order=worst', ready: page => page.locator('.rows a').first().waitFor() },
  home: { hash: '#/homes/h-000003', ready: page => page.locator('.timelines canvas').first().waitFor() },
  hostile: { hash: '#/homes/A_home-with.a.very_long-name-that-some-operator-chose-0123456789', ready: page => page.locator('.timelines canvas').first().waitFor() },
  nobody: { hash: '#/homes/nobody', ready: page => page.getByText('Not found').waitFor() },
};

async function check(page, where) {
  // One table of a chart stands for all: each has hundreds of rows.
  await page.evaluate(() => document.querySelectorAll('details:not(.data-table), .evidence .data-table').forEach(details => { details.open = true; }));
  await page.addScriptTag({ path: axeSource }).catch(() => {});
  const violations = await page.evaluate(async () => {
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')}`);
  });
  assert.deepEqual(violations, [], where);
}

// The content security policy lets no script in but the page's own; axe is one.
const inspected = { bypassCSP: true };

flow('nothing that axe knows is wrong in light colours', async ({ open, urls }) => {
  const page = await open(urls.fleet, { ...inspected, colorScheme: 'light' });
  for (const [name, { hash, ready }] of Object.entries(views)) {
    await page.goto(urls.fleet + hash);
    await page.reload();
    await ready(page);
    await check(page, name);
  }
});

flow('nothing that axe knows is wrong in dark colours', async ({ open, urls }) => {
  const page = await open(urls.fleet, { ...inspected, colorScheme: 'dark' });
  for (const [name, { hash, ready }] of Object.entries(views)) {
    await page.goto(urls.fleet + hash);
    await page.reload();
    await ready(page);
    await check(page, name);
  }
});

flow('nothing that axe knows is wrong on a phone', async ({ open, urls }) => {
  const page = await open(urls.fleet, { ...inspected, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  for (const [name, { hash, ready }] of Object.entries(views)) {
    await page.goto(urls.fleet + hash);
    await page.reload();
    await ready(page);
    await check(page, name);
  }
});

flow('nothing that axe knows is wrong where one signs in', async ({ open, urls }) => {
  const page = await open(urls.locked, inspected);
  await page.getByLabel('Token').waitFor();
  await check(page, 'sign in');
});

flow('no view is wider than a phone of 360 pixels, or a tablet', async ({ open, urls }) => {
  for (const width of [360, 768]) {
    const page = await open(urls.fleet, { viewport: { width, height: 740 } });
    for (const [name, { hash, ready }] of Object.entries(views)) {
      await page.goto(urls.fleet + hash);
      await ready(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${name} at ${width}`);
    }
  }
});

flow('the keyboard alone gets from the first key to a home and back', async ({ open, urls }) => {
  const page = await open(urls.fleet);
  await page.getByRole('region', { name: 'Getting worse' }).getByRole('link').first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  for (let i = 0; i < 40 && !await page.evaluate(() => document.activeElement.closest('.home-list') !== null); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'How we know' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
});

flow('the colours follow the device until somebody chooses, and the choice is kept', async ({ open, urls }) => {
  const page = await open(urls.fleet, { colorScheme: 'dark' });
  const isDark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor === 'rgb(14, 19, 24)');
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
  assert.ok(await isDark());
  await page.getByRole('radio', { name: 'Light' }).check({ force: true });
  assert.ok(!await isDark());
  await page.reload();
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
  assert.ok(!await isDark());
  await page.getByRole('radio', { name: 'As the device' }).check({ force: true });
  assert.ok(await isDark());
});
