declare module 'mjml' {
  interface Options {
    readonly validationLevel: 'strict';
    readonly ignoreIncludes: boolean;
    readonly includePath?: string;
    readonly filePath?: string;
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
