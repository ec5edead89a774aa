/** How `dist/custom-elements.json` is made: of the public surface alone, with the paths that are in the package. */
export default {
  globs: ['src/element/torque-gitlab-connect.ts', 'src/element/events.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [
    {
      name: 'public surface',
      packageLinkPhase({ customElementsManifest }) {
        const declarations = customElementsManifest.modules.flatMap((module) => module.declarations);
        for (const declaration of declarations) {
          declaration.members = declaration.members?.filter(({ privacy }) => privacy !== 'private');
          // What the analyzer guesses from `dispatchEvent` has no name of an event.
          declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('torque-gitlab-connect-'));
          if (declaration.customElement) declaration.tagName = 'torque-gitlab-connect';
        }
        // esbuild bundles the files: one module exports everything, another one registers the element.
        const path = 'dist/element/torque-gitlab-connect.js';
        const kind = 'javascript-module';
        const exported = ({ name }) => ({ kind: 'js', name, declaration: { name, module: path } });
        const definition = {
          kind: 'custom-element-definition',
          name: 'torque-gitlab-connect',
          declaration: { name: 'TorqueGitlabConnectElement', module: path },
        };
        customElementsManifest.modules = [
          { kind, path, declarations, exports: declarations.map(exported) },
          { kind, path: 'dist/element/define.js', declarations: [], exports: [definition] },
        ];
      },
    },
  ],
};
