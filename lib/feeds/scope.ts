import type { Attributes } from './attributes.ts';
import { decodeEntities } from './entities.ts';
import { resolveUrl } from './urls.ts';
import { isKnownPrefix, prefixOf } from './vocabulary.ts';

/** Names that are remembered: a feed uses some dozens. */
const MAX_NAMES = 500;

/** What an element inherits: the namespaces in force and the base address. */
export class Scope {
  readonly base: string | undefined;
  readonly #parent: Scope | undefined;
  readonly #declared: ReadonlyMap<string, string>;
  readonly #names = new Map<string, string>();

  constructor(base: string | undefined, declared: ReadonlyMap<string, string> = new Map(), parent?: Scope) {
    this.base = base;
    this.#declared = declared;
    this.#parent = parent;
  }

  /** The scope inside an element with these attributes; the same one when they declare nothing. */
  enter(attributes: Attributes): Scope {
    let declared: Map<string, string> | undefined;
    for (const [name, value] of attributes) {
      if (!name.startsWith('xmlns')) continue;
      declared ??= new Map();
      declared.set(name.slice(6), decodeEntities(value));
    }
    const base = attributes.get('xml:base');
    if (!declared && base === undefined) return this;
    return new Scope(this.#rebase(base), declared, this);
  }

  /** The same scope with `namespace` for names without a prefix. */
  withDefault(namespace: string): Scope {
    return new Scope(this.base, new Map([['', namespace]]), this);
  }

  /** An xml:base must be http(s): one with another scheme is ignored. */
  #rebase(base: string | undefined): string | undefined {
    if (base === undefined) return this.base;
    const reference = decodeEntities(base).trim();
    const resolved = resolveUrl(reference, this.base);
    if (resolved) return /^https?:/.test(resolved) ? resolved : this.base;
    return this.base ?? (reference || undefined);
  }

  #namespace(prefix: string): string | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const found = scope.#declared.get(prefix);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The element's name in our prefixes, in small letters; `x:` stands for any namespace we do not read. */
  nameOf(written: string): string {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const name = this.#translate(written);
    if (this.#names.size < MAX_NAMES) this.#names.set(written, name);
    return name;
  }

  #translate(written: string): string {
    const colon = written.indexOf(':');
    const prefix = colon < 0 ? '' : written.slice(0, colon);
    const local = written.slice(colon + 1).toLowerCase();
    const ours = this.#ourPrefix(prefix);
    return ours ? `${ours}:${local}` : local;
  }

  #ourPrefix(prefix: string): string {
    const namespace = this.#namespace(prefix);
    const known = namespace === undefined ? undefined : prefixOf(namespace);
    if (known !== undefined) return known;
    if (isKnownPrefix(prefix.toLowerCase())) return prefix.toLowerCase();
    return prefix === '' && namespace === undefined ? '' : 'x';
  }
}
