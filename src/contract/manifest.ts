/** What the app knows of a broker before it connects: plain data, shown in Settings as it stands. */
export interface BrokerManifest {
  readonly id: string;
  readonly label: string;
  /** One sentence for the person who chooses. */
  readonly description: string;
  readonly credentialFields: readonly CredentialField[];
  readonly limits: { readonly instrumentsPerSocket: number; readonly sockets: number };
  readonly can: {
    readonly stream: boolean;
    readonly quotes: boolean;
    readonly history: boolean;
    readonly orders: boolean;
  };
  /** Prices that no exchange made: they are kept apart from real ones. */
  readonly world: 'market' | 'simulated' | 'replay';
}

/** One field of the form in which a broker's credentials are entered. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly secret: boolean;
  /** What it is and where to find it. */
  readonly hint: string;
}
