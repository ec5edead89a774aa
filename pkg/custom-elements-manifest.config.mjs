/** How `dist/custom-elements.json` is made: of the public surface alone, with the paths that are in the package. */
export default {
  globs: ['src/element/torque-gitlab-connect.ts', 'src/element/events.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [
    {
      name: 'public surface',
      packageLinkPhase({ customElementsManifest }) {
        for (const module of customElementsManifest.modules) {
          module.path = module.path.replace(/^src(.*)\.ts$/, 'dist$1.js');
          for (const declaration of module.declarations) {
            declaration.members = declaration.members?.filter(({ privacy }) => privacy !== 'private');
            // What the analyzer guesses from `dispatchEvent` has no name of an event.
            declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('torque-gitlab-connect-'));
            if (declaration.customElement) declaration.tagName = 'torque-gitlab-connect';
          }
          module.exports = module.exports.map((exported) => ({
            ...exported,
            declaration: { ...exported.declaration, module: module.path },
          }));
        }
      },
    },
  ],
};
