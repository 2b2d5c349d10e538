declare module 'virtual:shipped-licences' {
  /** Each package that the build takes code from. */
  export const shipped: { name: string; version: string; license: string }[];
}
