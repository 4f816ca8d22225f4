/** What the bundler does with `import.meta.glob`, as far as this folder uses it. */
interface ImportMeta {
  glob(pattern: string, options: { eager: true }): Record<string, unknown>;
}
