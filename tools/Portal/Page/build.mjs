// Builds the page: node build.mjs MODULES OUT, with MODULES the folder that npm filled and OUT the folder of what is served.
// Types are checked before: an error of theirs is an error of the build.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const page = dirname(fileURLToPath(import.meta.url));
const [modules, out] = process.argv.slice(2).map(folder => resolve(folder));
const require = createRequire(join(modules, 'package.json'));

checkTypes();
const built = await bundle();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
built.forEach(file => write(basename(file.path), Buffer.from(file.contents)));
['index.html', 'icon.svg'].forEach(name => write(name, readFileSync(join(page, name))));

function checkTypes() {
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  // Modules are not where the compiler looks for them by itself.
  const project = join(modules, '..', 'tsconfig.json');
  const compilerOptions = { paths: { '*': [join(modules, '*')] } };
  writeFileSync(project, JSON.stringify({ extends: join(page, 'tsconfig.json'), compilerOptions, include: [join(page, 'src')] }));
  try {
    execFileSync(process.execPath, [compiler, '--project', project], { stdio: 'inherit' });
  } catch {
    process.exit(1);
  }
}

async function bundle() {
  const result = await require('esbuild').build({
    entryPoints: [{ in: join(page, 'src', 'main.ts'), out: 'page' }, { in: join(page, 'styles', 'page.css'), out: 'page' }],
    outdir: out,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome115', 'firefox115', 'safari16.4'],
    nodePaths: [modules],
    legalComments: 'inline',
    write: false,
  });
  return result.outputFiles;
}

/** A file and, beside it, the same compressed. */
function write(name, contents) {
  writeFileSync(join(out, name), contents);
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(contents));
}
