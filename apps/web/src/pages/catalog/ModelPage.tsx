import { useParams } from '@tanstack/react-router';
export function ModelPage() {
  const { model } = useParams({ from: '/models/$model' });
  return <p>{model}</p>;
}
