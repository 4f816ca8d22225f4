import type { Failure } from '#core/failure';

/** What a signed link to a bucket would let anybody do, and with whose key: in whatever words an answer repeats it. */
const signatures = /(X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)(?:=|%3D))[^&\s"'<>\\]+/gi;

/** Takes secrets out of everything that is kept or shown. Learns each secret when it is handed out. */
export class Redactor {
  readonly #secrets = new Set<string>();

  /** Also in the forms in which it travels: a name and password go as base64, and a page may repeat the password alone. */
  learn(secret: string): void {
    const colon = secret.indexOf(':');
    const password = colon < 0 ? '' : secret.slice(colon + 1);
    const base64 = Buffer.from(secret, 'utf8').toString('base64');
    for (const form of [secret, base64, password, encodeURIComponent(password)])
      if (secret.length >= 4 && form.length >= 4) this.#secrets.add(form);
  }

  text(text: string): string {
    let clean = text.replaceAll(signatures, '$1•••');
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, '•••');
    return clean;
  }

  failure(failure: Failure): Failure {
    return {
      ...failure,
      message: this.text(failure.message),
      ...(failure.detail === undefined ? {} : { detail: this.text(failure.detail).slice(0, 4_000) }),
    };
  }
}
