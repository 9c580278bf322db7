/** The package's front door brings fetch, caches and WebSockets along; its own file for Client is half the size and the same class. */
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export = Client;
}
