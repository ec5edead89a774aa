/**
 * Everything in one file, for `<script type="module">` from any static host: registers the element and exports the API, so
 * that a page without a bundler loads the core once.
 */

export * from './element/define.js';
export * from './index.js';
