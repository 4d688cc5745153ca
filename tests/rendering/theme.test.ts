import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileAll } from '../../lib/rendering/compile-templates.ts';
import { readTheme } from '../../lib/rendering/theme.ts';

const root = join(import.meta.dirname, '../..');
const shipped = JSON.parse(readFileSync(join(root, 'templates/theme.json'), 'utf8'));
const changed = (over: object) => JSON.stringify({ ...shipped, ...over });
const light = (over: object) => changed({ light: { ...shipped.light, ...over } });

describe('a theme', () => {
  test.each([
    [
      'grey on white',
      light({ paper: '#ffffff', muted: '#999999' }),
      /light\.muted \(#999999\) on light\.paper \(#ffffff\) has a contrast of 2\.8:1/,
    ],
    [
      'a dark scheme in name only',
      changed({ dark: { ...shipped.dark, ink: '#333333' } }),
      /dark\.ink .* contrast of 1\.4:1/,
    ],
    ['a colour by name', light({ ink: 'black' }), /light\.ink is "black"/],
    ['a colour left out', changed({ dark: {} }), /dark\.paper is undefined/],
    ['markup for a font', changed({ serif: 'x"><b>' }), /serif is no list of fonts/],
    ['no JSON', '{', /is no JSON/],
  ])('with %s is refused with the reason', (_what, text, reason) => {
    expect(() => readTheme(text)).toThrow(reason);
  });

  test('takes a contrast of just 4.5:1', () => {
    expect(readTheme(light({ paper: '#ffffff', muted: '#767676' }))['light.muted']).toBe('#767676');
    expect(() => readTheme(light({ paper: '#ffffff', muted: '#777777' }))).toThrow('4.5:1');
  });

  test('may put a sign before the name, which is text whatever it says', () => {
    expect(readTheme(changed({ logo: '<3' })).logo).toBe('<span class="sign">&lt;3</span> ');
  });
});

describe('an operator who changes templates', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dispatches-templates-'));
    cpSync(join(root, 'templates'), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const run = () =>
    spawnSync(process.execPath, [join(root, 'lib/rendering/compile-templates.ts'), folder], { encoding: 'utf8' });

  test('finds new colours, fonts and sign in every compiled template', async () => {
    write(
      'theme.json',
      changed({ logo: '§', sans: 'Verdana, sans-serif', light: { ...shipped.light, accent: '#00539f' } }),
    );
    for (const [name, text] of Object.entries(await compileAll(folder))) {
      expect(text, name).toContain('§');
      expect(text, name).toContain('Verdana');
      expect(text, name).toContain('#00539f');
      expect(text, name).not.toContain(shipped.light.accent);
    }
  });

  test('is told which colours cannot be read, and nothing is written', () => {
    const before = readFileSync(join(folder, 'compiled/digest.generated.ts'), 'utf8');
    write('theme.json', light({ ink: '#cccccc' }));
    const { status, stderr } = run();
    expect(stderr).toMatch(/^theme\.json: light\.ink \(#cccccc\) on light\.paper .* Text needs 4\.5:1/);
    expect(status).toBe(1);
    expect(readFileSync(join(folder, 'compiled/digest.generated.ts'), 'utf8')).toBe(before);
  });

  test('is told file, line and reason of a slot that there is not, and of MJML that is not valid', () => {
    const digest = readFileSync(join(folder, 'digest.mjml'), 'utf8');
    const line = digest.slice(0, digest.indexOf('slot preferencesUrl')).split('\n').length;
    write('digest.mjml', digest.replace('slot preferencesUrl', 'slot openPixel'));
    expect(run()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`digest.mjml:${line}: {{slot openPixel}} is an unknown slot.`),
    });
    write('digest.mjml', digest.replaceAll('mj-column', 'mj-colunm'));
    expect(run()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Invalid MJML\. digest\.mjml:\d+: .*mj-colunm/),
    });
  });
});
