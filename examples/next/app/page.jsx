import { Form } from './form.jsx';

export default function Page() {
  return (
    <main>
      <h1>Developer portal</h1>
      <Form />
    </main>
  );
}
