declare module 'mjml' {
  interface Options {
    readonly validationLevel: 'strict';
    readonly ignoreIncludes: boolean;
    /** Fonts to load from the network by name. */
    readonly fonts: Readonly<Record<string, string>>;
  }
  interface Problem {
    readonly line: number;
    readonly message: string;
    readonly tagName: string;
  }
  export default function mjml2html(
    source: string,
    options: Options,
  ): Promise<{ html: string; errors: readonly Problem[] }>;
}
