import assert from 'node:assert/strict';

flow('a token is asked for, refused when wrong, and leads to where one wanted to go', async ({ open, urls }) => {
  const page = await open(`${urls.locked}#/homes/h-000003`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('Token').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('This token is not accepted.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.type), 'password');
  await page.getByLabel('Token').fill(urls.token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'h-000003', level: 1 }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'h-000003', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

flow('a session that is over leads back to where one was', async ({ open, urls }) => {
  const page = await open(`${urls.locked}#/homes/h-000003`);
  await page.getByLabel('Token').fill(urls.token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'h-000003', level: 1 }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Homes', exact: true }).click();
  await page.getByText('Your session is over. Sign in again.').waitFor();
  await page.getByLabel('Token').fill(urls.token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Homes', level: 1 }).waitFor();
});

flow('one can sign in without scripts', async ({ open, urls }) => {
  const page = await open(`${urls.locked}login`);
  await page.getByLabel('Token').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The token is not known here, or has expired.').waitFor();
  await page.getByLabel('Token').fill(urls.token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
});

flow('scripts cannot read what signs one in', async ({ open, urls }) => {
  const page = await open(urls.locked);
  await page.getByLabel('Token').fill(urls.token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
  const readable = await page.evaluate(() => [document.cookie, ...Object.values({ ...localStorage, ...sessionStorage })].join());
  assert.ok(!readable.includes(urls.token) && !readable.includes('gw_session'), readable);
});

flow('who may only look is not offered to take data along', async ({ open, urls }) => {
  const page = await open(`${urls.locked}#/homes/h-000003`);
  await page.getByLabel('Token').fill(urls.viewerToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Your token may look, but not take data along').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Evidence bundle' }).count(), 0);
});
