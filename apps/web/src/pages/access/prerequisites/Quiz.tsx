import { Alert, Button, Checkbox, Group, List, Radio, Stack, Text, Title } from '@mantine/core';
import type { Quiz as QuizSchema, QuizAttempt } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { ErrorSummary, type Fault } from '../../../elements/ErrorSummary.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Told } from '../../../elements/Told.js';
import { ACCESS } from '../../../words/access.js';

const { prerequisites: said } = ACCESS;
type Asked = Wire<typeof QuizSchema>;
type Attempt = Wire<typeof QuizAttempt>;

/** The model's quiz on its license; what is right is never said. */
export function Quiz({ model }: { model: string }) {
  const quiz = useAnswer<Asked>(`/models/${model}/quiz`);
  return (
    <Stack component="section" aria-label={said.quiz}>
      <Title order={2} size="h4">
        {said.quiz}
      </Title>
      <Loaded of={quiz}>{(asked) => <Questions model={model} quiz={asked} />}</Loaded>
    </Stack>
  );
}

function Questions({ model, quiz: { n, pass, questions } }: { model: string; quiz: Asked }) {
  const [given, setGiven] = useState<Record<string, string[]>>({});
  const [faults, setFaults] = useState<Fault[]>([]);
  const attempt = useCommand<Attempt>(() => call('POST', `/models/${model}/quiz/attempts`, { body: { n, answers: given } }), {
    stale: [`/models/${model}/prerequisites`, '/grants'],
  });
  const send = () => {
    const open = questions.filter(({ id }) => !given[id]?.length);
    setFaults(open.map(({ id, text }) => ({ control: `quiz-${id}`, label: text, why: said.quizUnanswered })));
    if (open.length === 0) attempt.run();
  };
  if (attempt.answer?.state === 'passed') return <Passed explanations={attempt.answer.explanations.map(({ text }) => text)} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap="lg" maw="65ch">
        <ErrorSummary faults={faults} />
        {attempt.refused && <Refusal problem={attempt.refused} />}
        {attempt.answer?.state === 'not-passed' && <NotPassed {...attempt.answer} questions={questions} />}
        <Text size="sm">{said.quizRule(Math.ceil(pass * questions.length), questions.length)}</Text>
        {questions.map((question) => (
          <Question
            key={question.id}
            question={question}
            given={given[question.id] ?? []}
            onChange={(picked) => setGiven({ ...given, [question.id]: picked })}
          />
        ))}
        <Group>
          <Button type="submit" loading={attempt.running}>
            {said.quizSend}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface QuestionProps {
  question: Asked['questions'][number];
  given: string[];
  onChange: (picked: string[]) => void;
}

function Question({ question: { id, text, options, several }, given, onChange }: QuestionProps) {
  const Box = several ? Checkbox : Radio;
  const boxes = (
    <Stack gap={6} mt="xs">
      {options.map(({ value, label }) => (
        <Box key={value} value={value} label={label} />
      ))}
    </Stack>
  );
  if (several)
    return (
      <Checkbox.Group id={`quiz-${id}`} label={text} description={said.quizSeveral} value={given} onChange={onChange}>
        {boxes}
      </Checkbox.Group>
    );
  return (
    <Radio.Group id={`quiz-${id}`} name={`quiz-${id}`} label={text} value={given[0] ?? ''} onChange={(value) => onChange([value])}>
      {boxes}
    </Radio.Group>
  );
}

function Passed({ explanations }: { explanations: string[] }) {
  return (
    <Told title={said.quizPassed}>
      <List size="sm">
        {explanations.filter(Boolean).map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Told>
  );
}

function NotPassed({ wrong, attemptsLeft, questions }: { wrong: string[]; attemptsLeft: number; questions: Asked['questions'] }) {
  return (
    <Alert color="yellow" role="alert" title={said.quizNotPassed}>
      <Text size="sm">{said.quizAgain(attemptsLeft)}</Text>
      <List size="sm">
        {wrong.map((id) => (
          <List.Item key={id}>{questions.find((question) => question.id === id)?.text ?? id}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
