using System.Security.Cryptography;
using System.Text;
using Modular.Sdk;
using Npgsql;

namespace Modular.Billing.Codes;

/// <summary>
/// Takes an official file in: every line is read and kept before anything is made of it, and a line that does not fit refuses the file, because
/// half an edition would end codes that are valid. What it says is taken over by <see cref="ContinueCodeLoadHandler"/>.
/// </summary>
public sealed class CodeLoader(BillingDb db, IMessageBus bus, IProgress progress, Actor actor, TimeProvider clock)
{
    /// <exception cref="CodeLineException">A line does not fit; the sentence names it.</exception>
    /// <exception cref="NpgsqlException">Loaded before, or another file of the kind is at work; the context has the sentence.</exception>
    public async Task<CodeLoad> StoreAsync(string kind, DateOnly effectiveOn, string name, Stream content, CancellationToken ct)
    {
        var file = CodeFiles.All[kind];
        var (encoding, sha) = await InspectAsync(content, ct);
        await using var write = await db.BeginWriteAsync(ct);
        var id = Guid.CreateVersion7();
        content.Position = 0;
        using var text = new StreamReader(content, encoding, true, 64 * 1024, leaveOpen: true);
        var lines = await CopyAsync(file, id, text, ct);
        if (lines == 0)
        {
            throw new CodeLineException(1, "the file has no entry.");
        }

        var load = new CodeLoad
        {
            Id = id, Kind = kind, EffectiveOn = effectiveOn, FileName = CodeLine.Cut(name, 200), Sha256 = sha, Lines = lines,
            LoadedAt = clock.GetUtcNow(), LoadedBy = actor.Name,
            Work = await progress.BeginAsync($"Loading {name}", $"/billing/codes/load/{id}", lines, ct),
        };
        db.Add(load);
        await db.SaveChangesAsync(ct);
        await bus.PublishAsync(new ContinueCodeLoad(id), new(Bulk: true));
        await write.CommitAsync(ct);
        return load;
    }

    /// <summary>Lines are numbered anew, so that the steps that take them over are of one size.</summary>
    private async Task<int> CopyAsync(CodeFile file, Guid load, TextReader text, CancellationToken ct)
    {
        var count = 0;
        await using var copy = await db.Work.Connection.BeginBinaryImportAsync(file.Table.Copy, ct);
        var seen = new HashSet<string>();
        foreach (var line in file.Read(text))
        {
            if (!seen.Add(string.Join('\t', file.Table.KeyOf(line))))
            {
                throw new CodeLineException(line.Number, $"{string.Join(' ', file.Table.KeyOf(line))} stands in the file twice.");
            }

            await copy.StartRowAsync(ct);
            await copy.WriteAsync(load, ct);
            await copy.WriteAsync(++count, ct);
            foreach (var value in new object?[] { line.From, line.To }.Concat(line.Values))
            {
                await (value switch
                {
                    null => copy.WriteNullAsync(ct),
                    string s => copy.WriteAsync(s, ct),
                    bool b => copy.WriteAsync(b, ct),
                    int i => copy.WriteAsync(i, ct),
                    decimal d => copy.WriteAsync(d, ct),
                    DateOnly day => copy.WriteAsync(day, ct),
                    _ => throw new InvalidOperationException($"A line holds a {value.GetType().Name}."),
                });
            }
        }

        await copy.CompleteAsync(ct);
        return count;
    }

    /// <summary>Digest and encoding: what is not UTF-8 is Latin, as older files of the publishers are.</summary>
    private static async Task<(Encoding, string)> InspectAsync(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (buffer, chars, utf8, first) = (new byte[64 * 1024], new char[64 * 1024 + 4], true, true);
        while (await content.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (first && read > 3 && buffer is [(byte)'P', (byte)'K', 3, 4, ..])
            {
                throw new CodeLineException(1, "this is a ZIP file. Unpack it and choose the text file that is in it.");
            }

            sha.AppendData(buffer, 0, read);
            (utf8, first) = (utf8 && IsUtf8(decoder, buffer.AsSpan(0, read), chars), false);
        }

        return (utf8 ? new UTF8Encoding(false) : Encoding.Latin1, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    private static bool IsUtf8(Decoder decoder, ReadOnlySpan<byte> bytes, char[] chars)
    {
        try
        {
            decoder.GetChars(bytes, chars, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
