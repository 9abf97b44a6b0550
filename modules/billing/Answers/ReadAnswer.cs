using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>A file that came is read, and moves the claims that it speaks of.</summary>
[Message("billing.read-answer.v1", OneHandler = true)]
public sealed record ReadAnswer(Guid FileId);

public static class ReadAnswerHandler
{
    public static Task HandleAsync(ReadAnswer message, AnswerDesk desk, CancellationToken ct) => desk.ReadAsync(message.FileId, ct);
}
