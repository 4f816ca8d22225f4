/** Where in a workflow something is. Everything optional: a file that is not JSON has only a path. */
export interface Place {
  node?: string;
  param?: string;
  port?: string;
  /** A path in the file (`edges.3.to`) or on disk, when no node can be named. */
  path?: string;
}

/** A problem found before anything is sent: what is wrong, where, and what to do. */
export interface Issue {
  code: string;
  severity: 'error' | 'warning';
  message: string;
  place: Place;
  /** The id of the rented pod it is about: it can be started, or waited for. */
  pod?: string;
}

/** `node gen, param size: …`: an issue in one line of text. */
export function describeIssue(issue: Issue): string {
  const { node, param, port, path } = issue.place;
  const where = [node && `node ${node}`, param && `param ${param}`, port && `port ${port}`, path]
    .filter(Boolean)
    .join(', ');
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}
