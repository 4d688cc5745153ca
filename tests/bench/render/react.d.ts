/** The part of React that the bench uses; its types are a package of their own. */
declare module 'react' {
  export interface ReactElement {
    readonly type: unknown;
  }
  export function createElement(type: unknown, props: object | null, ...children: unknown[]): ReactElement;
}
