// esbuild bundles the style sheets that a view imports into one beside its script.
declare module '*.css';
