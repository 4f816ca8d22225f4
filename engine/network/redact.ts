import type { Failure } from '#core/failure';

/** What a signed link to a bucket would let anybody do, and with whose key: in whatever words an answer repeats it. */
const signatures = /(X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)(?:=|%3D))[^&\s"'<>\\]+/gi;

/** Takes secrets out of everything that is kept or shown. Learns each secret when it is handed out. */
export class Redactor {
  readonly #secrets = new Set<string>();

  learn(secret: string): void {
    if (secret.length >= 4) this.#secrets.add(secret);
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
