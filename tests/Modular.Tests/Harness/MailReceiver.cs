using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using Modular.Host.Start;

namespace Modular.Tests.Harness;

/// <summary>A mail server on this machine that takes everything (RFC 5321, as much as a client says).</summary>
public sealed class MailReceiver : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public MailReceiver()
    {
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Whole letters, headers included.</summary>
    public BlockingCollection<string> Letters { get; } = [];

    public MailServer Server => new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, null, new MailAddress("modular@example.org"));

    public string Next() => Letters.TryTake(out var letter, TimeSpan.FromSeconds(30)) ? letter : throw new InvalidOperationException("No letter came.");

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                await TakeAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task TakeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(end.Token) is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
        {
            if (!line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("250 ok");
                continue;
            }

            await writer.WriteLineAsync("354 go on");
            var letter = new StringBuilder();
            while (await reader.ReadLineAsync(end.Token) is { } text && text != ".")
            {
                letter.AppendLine(text);
            }

            Letters.Add(letter.ToString().Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal));
            await writer.WriteLineAsync("250 taken");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await serving;
        listener.Stop();
        end.Dispose();
        Letters.Dispose();
    }
}
