// Runs the flows in a browser: node driver.mjs MODULES CHROMIUM. Requests come as lines of JSON on standard input:
//   {"run": name, "file": file, "urls": {…}}  →  {"problem": text}, or {} when all went well
// In between a flow may ask the other side for something: {"ask": question, "with": …}  →  {"answer": …}
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const [modules, chromium] = process.argv.slice(2);
const require = createRequire(join(modules, 'package.json'));
const { chromium: launcher } = require('playwright-core');
const flows = new Map();
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

globalThis.flow = (name, run) => flows.set(name, run);
globalThis.axeSource = require.resolve('axe-core/axe.min.js');

// Without the flags on networking Chromium calls its maker's hosts; root needs --no-sandbox.
const browser = await launcher.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
for (let request = await hear(); request !== null; request = await hear()) {
  tell({ problem: await run(request) });
}
await browser.close();

async function run({ run: name, file, urls }) {
  await import(new URL(`flows/${file}.mjs`, import.meta.url));
  const contexts = [];
  const problems = [];
  const open = async (address, options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', error => problems.push(`the page failed: ${error.message}`));
    page.on('console', message => message.text().includes('Content Security Policy') && problems.push(`refused: ${message.text()}`));
    await page.goto(address);
    return page;
  };
  try {
    await flows.get(name)({ open, urls, ask });
    return problems[0];
  } catch (error) {
    return [error.stack ?? String(error), ...problems].join('\n');
  } finally {
    await Promise.all(contexts.map(context => context.close()));
  }
}

async function ask(question, data) {
  tell({ ask: question, with: data });
  return (await hear()).answer;
}

async function hear() {
  const { value, done } = await lines.next();
  return done ? null : JSON.parse(value);
}

function tell(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
