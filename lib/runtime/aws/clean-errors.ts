import { redact } from '../../log.ts';

/**
 * The same use cases, whose errors hold no address and no token. What leaves a handler is logged by the platform and not
 * by our logger, with message and stack, and may go on to a dead-letter queue.
 */
export function cleanErrors<T extends object>(app: T): T {
  return new Proxy(app, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        try {
          return await Reflect.apply(value, target, args);
        } catch (error) {
          throw cleaned(error);
        }
      };
    },
  });
}

function cleaned(error: unknown): Error {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const all = error instanceof AggregateError ? `: ${error.errors.map(String).join('; ')}` : '';
  const clean = new Error(redact(`${message}${all}`));
  clean.name = name;
  clean.stack = redact(stack ?? '');
  return clean;
}
