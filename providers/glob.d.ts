/** What the bundler does with `import.meta.glob`, as far as this folder uses it. */
interface ImportMeta {
  glob(pattern: string, options: { eager: true }): Record<string, unknown>;
}

/** A file's text, put in by the bundler. */
declare module '*.sh?raw' {
  const text: string;
  export default text;
}
