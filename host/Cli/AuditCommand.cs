using System.CommandLine;
using Modular.Host.Audit;

namespace Modular.Host.Cli;

public static class AuditCommand
{
    public static Command Create()
    {
        var slug = new Argument<string>("practice") { Description = "Short name of the practice" };
        var kept = new Option<string?>("--heads") { Description = "A file, or a folder of files, with heads that were sent away from this machine: they are compared too" };
        var verify = new Command("verify", "Walk the chain of the access and change log and name every entry that was changed, removed or put in.") { slug, kept };
        verify.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
            var practice = session.Practice(parsed.GetValue(slug)!);
            var report = await session.Services.GetRequiredService<AuditVerifier>()
                .VerifyAsync(practice, parsed.GetValue(kept) is { } path ? Elsewhere(path, practice.Id) : [], locked: false, ct);
            foreach (var fault in report.Faults)
            {
                Console.WriteLine(fault.Sentence);
            }

            Console.WriteLine($"{practice.Row.Slug}: {report.Entries:N0} sealed entries, {(report.Intact ? "intact" : $"{report.Faults.Count} faults")}; "
                + $"{report.Heads} heads compared; {report.Unsealed:N0} not sealed yet{(report.OldestUnsealed is { } oldest ? $" (oldest {oldest:u})" : "")}"
                + $"{(report.BeforeKey > 0 ? $"; {report.BeforeKey:N0} from before the chain had a key" : "")}"
                + $"{(report.NotHere > 0 ? $"; {report.NotHere:N0} heads are on other hosts: run this there too" : "")}");
            return report.Intact ? 0 : 1;
        });
        var audit = new Command("audit", "Check the audit log, drop what is past its retention.") { verify, Drop(slug), WriteHeads(slug) };
        audit.AddConnection();
        return audit;
    }

    private static List<SealedHead> Elsewhere(string path, Guid practice)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, $"{practice}.heads") : path;
        return File.Exists(file) ? [.. SealedHeads.ReadFile(file)] : throw new CommandFailedException($"There are no heads of this practice in {file}.");
    }

    private static Command WriteHeads(Argument<string> slug)
    {
        var write = new Command("write-heads", "Write a heads file that was lost anew, from the seals of the database. The log keeps that it was done.") { slug };
        write.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct);
            var practice = session.Practice(parsed.GetValue(slug)!);
            var count = await session.Services.GetRequiredService<LostHeads>().WriteAsync(practice, ct);
            Console.WriteLine($"{practice.Row.Slug}: {count:N0} heads written to {session.Services.GetRequiredService<SealedHeads>().FileOf(practice.Id)}. Compare them with those sent elsewhere: audit verify --heads");
            return 0;
        });
        return write;
    }

    private static Command Drop(Argument<string> slug)
    {
        var drop = new Command("drop-old", "Drop the months that are older than the practice keeps its log (Administration, Settings, Practice). Each night a host does it by itself.") { slug };
        drop.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct);
            var practice = session.Practice(parsed.GetValue(slug)!);
            var report = await session.Services.GetRequiredService<AuditRetention>().RunAsync(practice, ct);
            Console.WriteLine(report.Refused is { } reason
                ? $"{practice.Row.Slug}: nothing was dropped. {reason}"
                : $"{practice.Row.Slug}: {report.Entries:N0} entries of {report.Months} months dropped; what is from {report.Before:yyyy-MM-dd} on is kept");
            return report.Refused is null ? 0 : 1;
        });
        return drop;
    }
}
