import * as v from 'valibot';
import { ConfigError } from '../../errors.ts';
import type { Exemplar } from '../exemplars/model.ts';
import type { Profile, Terms } from '../profile.ts';
import { conceptsSchema, conflictsSchema, exemplarSchema, modelSchema, settingsSchema, termsSchema } from './schema.ts';
import { war } from './war/index.ts';

/** Parsed JSON by path within the profile's folder: `concepts.json`, `terms/nl.json`, `exemplars/izium.json`. */
export type ProfileFiles = Readonly<Record<string, unknown>>;

const PART = /^(?:(?:profile|concepts|conflicts|model)|(?:terms|exemplars)\/[a-z0-9-]+)\.json$/;
const DEFAULT_BIAS = -2;
/** What a folder without settings is. */
const ADDED: v.InferOutput<typeof settingsSchema> = { name: war.name, base: 'war' };

/**
 * The profile that an operator's files describe. Without `profile.json` they add to the built-in profile; so they do
 * when it says `"base": "war"`: terms are joined, concepts and settings replaced. Else they stand alone.
 * @throws ConfigError naming the file, the place in it and what belongs there
 */
export function profileFrom(files: ProfileFiles = {}): Profile {
  const paths = Object.keys(files).sort();
  const unknown = paths.find((path) => !PART.test(path));
  if (unknown) throw wrong(unknown, 'is no part of a profile');
  const settings = read(files, 'profile.json', settingsSchema) ?? ADDED;
  const base = settings.base ? war : { ...war, concepts: {}, terms: {}, conflicts: [], bias: DEFAULT_BIAS };
  const { model: _, ...rest } = base;
  const model = read(files, 'model.json', modelSchema) ?? (settings.base ? war.model : undefined);
  const profile: Profile = {
    ...rest,
    name: settings.name,
    bias: settings.bias ?? rest.bias,
    threshold: settings.threshold ?? rest.threshold,
    concepts: { ...rest.concepts, ...read(files, 'concepts.json', conceptsSchema) },
    terms: joinTerms(rest.terms, files, within(paths, 'terms')),
    conflicts: read(files, 'conflicts.json', conflictsSchema) ?? rest.conflicts,
    exemplars: within(paths, 'exemplars').flatMap((path) => exemplar(files, path)),
    ...(model && { model }),
  };
  checkIds(profile, files, paths);
  return profile;
}

function within(paths: readonly string[], folder: string): string[] {
  return paths.filter((path) => path.startsWith(`${folder}/`));
}

function nameOf(path: string): string {
  return path.slice(path.indexOf('/') + 1, -'.json'.length);
}

function exemplar(files: ProfileFiles, path: string): Exemplar[] {
  const found = read(files, path, exemplarSchema);
  return found ? [{ name: nameOf(path), ...found }] : [];
}

/** The operator's terms of a concept stand beside those of the base. */
function joinTerms(base: Profile['terms'], files: ProfileFiles, paths: readonly string[]): Profile['terms'] {
  const joined: Record<string, Terms> = { ...base };
  for (const path of paths) {
    const lang = nameOf(path);
    const own = Object.entries(read(files, path, termsSchema) ?? {});
    joined[lang] = {
      ...joined[lang],
      ...Object.fromEntries(own.map(([id, terms]) => [id, [joined[lang]?.[id], terms].filter(Boolean).join(', ')])),
    };
  }
  return joined;
}

/** Terms and exemplars may only speak of concepts that there are. */
function checkIds(profile: Profile, files: ProfileFiles, paths: readonly string[]): void {
  if (Object.keys(profile.concepts).length === 0)
    throw wrong('concepts.json', 'is missing: a profile without "base" needs concepts');
  const check = (path: string, ids: object) => {
    const strange = Object.keys(ids).find((id) => !(id in profile.concepts));
    if (strange) throw wrong(path, `speaks of "${strange}", which is no concept of the profile`);
  };
  for (const path of within(paths, 'terms')) check(path, files[path] as object);
  for (const { name, concepts } of profile.exemplars) check(`exemplars/${name}.json`, concepts);
}

function read<S extends v.GenericSchema>(files: ProfileFiles, path: string, schema: S): v.InferOutput<S> | undefined {
  if (!(path in files)) return undefined;
  const result = v.safeParse(schema, files[path]);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw wrong(path, `is wrong at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}`);
}

function wrong(path: string, what: string): ConfigError {
  return new ConfigError(
    `The profile's ${path} ${what}.`,
    'Correct that file and run the command again; docs/selection.md says what belongs in a profile.',
  );
}
