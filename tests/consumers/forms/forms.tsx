// The schemas in two form libraries, as their own documents say; no code of ours between them.

import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { useForm as useTanStackForm } from '@tanstack/react-form';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useForm } from 'react-hook-form';
import { type ProviderInput, providerSchema, type RepositoryInput, repositorySchema } from 'torque-gitlab-connect';

function HookForm() {
  const [sent, setSent] = useState<ProviderInput>();
  const { register, handleSubmit, formState } = useForm<ProviderInput>({
    resolver: standardSchemaResolver(providerSchema),
    defaultValues: { name: 'gitlab-1', baseUrl: '', token: 'glpat-xyzzyxyzzyxyzzyxyzzy' },
  });
  return (
    <form id="hook-form" onSubmit={handleSubmit(setSent)} noValidate>
      <input {...register('baseUrl')} />
      <p role="alert">{formState.errors.baseUrl?.message}</p>
      <button type="submit">Save</button>
      <output>{sent?.baseUrl}</output>
    </form>
  );
}

function TanStackForm() {
  const [sent, setSent] = useState<RepositoryInput>();
  const defaultValues: RepositoryInput = { url: '', baseUrl: 'https://gitlab.example.com/gitlab' };
  const form = useTanStackForm({
    defaultValues,
    validators: { onSubmit: repositorySchema },
    onSubmit: ({ value }) => {
      // TanStack Form validates and passes on what was typed; the canonical input comes from the schema itself.
      const result = repositorySchema['~standard'].validate(value);
      if (result.issues === undefined) setSent(result.value);
    },
  });
  return (
    <form
      id="tanstack-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
    >
      <form.Field name="url">
        {(field) => (
          <>
            <input value={field.state.value} onChange={(event) => field.handleChange(event.target.value)} />
            <p role="alert">{field.state.meta.errors.map((error) => error?.message).join()}</p>
          </>
        )}
      </form.Field>
      <button type="submit">Save</button>
      <output>{sent?.url}</output>
    </form>
  );
}

const root = document.querySelector('#forms');
if (root) {
  createRoot(root).render(
    <>
      <HookForm />
      <TanStackForm />
    </>,
  );
}
