import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts, dependencies, devDependencies, optionalDependencies }: Manifest = JSON.parse(read('package.json'));

/** What is used without an import, and by what. */
const WITHOUT_IMPORT: Readonly<Record<string, string>> = {
  '@biomejs/biome': 'npm run lint',
  '@types/node': 'the compiler',
  'aws-cdk': 'npm run deploy',
  'react-dom': 'React Email, which the bench renders with',
  typescript: 'npm run typecheck',
};

const sources = globSync(['{lib,functions,cli,templates,tests,docs}/**/*.ts', '*.ts'], { cwd: root });

/** Packages that a file imports or resolves: `@scope/name/sub` counts as `@scope/name`. */
function packagesIn(file: string): readonly string[] {
  const found = [
    ...read(file).matchAll(/(?:\bfrom |\bimport |\bimport\(\s*|\bmodule |url\)\.resolve\()'([^'.][^']*)'/g),
  ];
  return found
    .map((match) => match[1] ?? '')
    .filter((name) => /^(@[\w-]+\/)?[\w][\w.-]*(\/|$)/.test(name) && !isBuiltin(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

/** `aws-lambda` is what `@types/aws-lambda` describes. */
const declared = (name: string) =>
  [name, `@types/${name}`].find((each) => each in dependencies || each in devDependencies);

describe('package.json', () => {
  test('declares every package that is imported', () => {
    const missing = sources.flatMap((file) =>
      packagesIn(file)
        .filter((name) => !declared(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('declares no package that nothing uses', () => {
    const used = new Set(sources.flatMap(packagesIn).map(declared));
    const idle = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !used.has(name));
    expect(idle.filter((name) => !(name in WITHOUT_IMPORT))).toEqual([]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['lint', 'deploy', 'typecheck']));
  });

  test('what only tests import is a development dependency', () => {
    const running = new Set(sources.filter((file) => !/^(tests|docs)\/|^vitest/.test(file)).flatMap(packagesIn));
    expect(Object.keys(dependencies).filter((name) => !running.has(name))).toEqual([]);
  });

  test('every version is exact', () => {
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  /** Comes inside another package, and is held by that one's content. */
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

describe('package-lock.json', () => {
  const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(read('package-lock.json'));
  const locked = Object.entries(packages).filter(([path]) => path !== '');

  test('holds every package to its content, and to the registry that is configured, not to an address', () => {
    expect(locked.length).toBeGreaterThan(100);
    const loose = locked.filter(([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'));
    expect(loose).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test('has no package that must run a script when it is installed: these two bring what theirs would fetch or build', () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(scripted).toEqual(['node_modules/classic-level', 'node_modules/esbuild']);
  });
});

test('npm run sbom lists every package with its version, and marks those that nothing but development needs', () => {
  const sbom = JSON.parse(execFileSync('npm', ['run', '-s', 'sbom'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }));
  const components: readonly Component[] = sbom.components;
  const named = (only: boolean) =>
    components.filter((one) => isForDevelopment(one) === only).map(({ name, version }) => `${name}@${version}`);
  expect(sbom.bomFormat).toBe('CycloneDX');
  expect(named(false)).toEqual(expect.arrayContaining(Object.entries(dependencies).map((each) => each.join('@'))));
  expect(named(true)).toEqual(expect.arrayContaining([`vitest@${devDependencies.vitest}`]));
}, 60_000);

interface Component {
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string }[];
}

function isForDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name }) => name === 'cdx:npm:package:development');
}
