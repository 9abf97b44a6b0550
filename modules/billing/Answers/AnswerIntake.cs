using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>Keeps what came, once, and has it read while work goes on: nothing is lost when reading fails.</summary>
public sealed class AnswerIntake(BillingDb db, IMessageBus bus, Actor actor, TimeProvider clock)
{
    public const int Largest = 32 * 1024 * 1024;

    /// <returns>The file, and whether it came for the first time.</returns>
    public async Task<(Guid Id, bool IsNew)> TakeAsync(string name, byte[] bytes, Guid? routeId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"billing answer file {hash}", ct);
        if (await db.AnswerFiles.Where(f => f.Hash == hash).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(ct) is { } already)
        {
            return (already, false);
        }

        var plain = Path.GetFileName(name.Replace('\\', '/')) is { Length: > 0 } last ? last : "answer";
        var file = new AnswerFile
        {
            Name = plain[..Math.Min(plain.Length, 200)], Content = bytes, Hash = hash, RouteId = routeId, CameAt = clock.GetUtcNow(), CameBy = actor.Name,
        };
        db.Add(file);
        await db.SaveChangesAsync(ct);
        await bus.SendAsync(new ReadAnswer(file.Id));
        await write.CommitAsync(ct);
        return (file.Id, true);
    }
}
