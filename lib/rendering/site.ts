/** What every mail and page says about the publication. */
export interface Site {
  readonly name: string;
  /** Without a slash at the end; an edition's page is `${url}/editions/${id}`. */
  readonly url: string;
  readonly from: string;
  /** Postal or other contact line. */
  readonly contact: string;
}
