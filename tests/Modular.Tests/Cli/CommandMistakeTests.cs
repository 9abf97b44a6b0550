using System.Net;
using System.Net.Sockets;
using Modular.Host.Cli;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Cli;

/// <summary>What an administrator can do wrong gets one sentence that says what to do, an exit code, and changes nothing on the machine.</summary>
public sealed class CommandMistakeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modular-mistakes-").FullName;

    [Theory]
    [InlineData(2, "There is no verb nonsense here.", "nonsense")]
    [InlineData(2, "--port 99999 is no port: it is a number from 1 to 65535", "serve", "--port", "99999")]
    [InlineData(2, "--port -1 is no port", "serve", "--port", "-1")]
    [InlineData(2, "--port web is no port", "serve", "--port", "web")]
    [InlineData(2, "--bind 300.1.1.1 is no address", "serve", "--bind", "300.1.1.1")]
    [InlineData(2, "--bind clinic.example is no address", "serve", "--bind", "clinic.example")]
    [InlineData(1, "--demo serves this computer alone", "serve", "--demo", "--bind", "0.0.0.0")]
    [InlineData(1, "The connection string cannot be read.", "serve", "--connection", "nonsense")]
    [InlineData(1, "The connection string cannot be read.", "serve", "--connection", "Username=modular")]
    [InlineData(1, "The connection string cannot be read.", "serve", "--connection", "Host=db;Port=many")]
    [InlineData(1, "No PostgreSQL server answers on 127.0.0.1 at port 1 ", "serve", "--connection", "Host=127.0.0.1;Port=1;Username=x")]
    [InlineData(1, "No PostgreSQL server answers on 127.0.0.1 at port 1 ", "practice", "list", "--connection", "Host=127.0.0.1;Port=1;Username=x")]
    [InlineData(1, "No PostgreSQL server answers on db.invalid at port 5432 ", "doctor", "--connection", "Host=db.invalid")]
    [InlineData(1, "it has no module.json. Build the module first.", "doctor", "--module", "FOLDER")]
    [InlineData(1, "There is no practice yet", "doctor", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "practice", "list", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "practice", "suspend", "elm", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "practice", "address", "elm", "--host", "elm.example", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "user", "add", "elm", "ada@elm.example", "--role", "manager", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "user", "reset", "elm", "ada@elm.example", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "import", "elm", "patients.patient", "FOLDER/rows.csv", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "rebuild", "elm", "scheduling", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "audit", "verify", "elm", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "backup", "elm", "FOLDER/elm.backup", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "module", "remove", "scheduling", "--data", "FOLDER/new")]
    [InlineData(1, "There is no practice yet", "module", "purge", "scheduling", "--export", "FOLDER/x.zip", "--confirm", "scheduling", "--data", "FOLDER/new")]
    [InlineData(1, "\"Elm Street\" cannot be a practice's short name", "practice", "add", "Elm Street", "--name", "Elm", "--data", "FOLDER/new")]
    [InlineData(1, "\"e\" cannot be a practice's short name", "restore", "FOLDER/rows.csv", "e", "--data", "FOLDER/new")]
    [InlineData(1, "There is no backup file ", "restore", "FOLDER/none", "elm", "--data", "FOLDER/new")]
    [InlineData(1, "is not a file that backup wrote.", "restore", "FOLDER/rows.csv", "elm", "--data", "FOLDER/new")]
    [InlineData(2, "Option '--role' is required.", "user", "add", "elm", "ada@elm.example")]
    [InlineData(2, "Argument 'king' not recognized.", "user", "add", "elm", "ada@elm.example", "--role", "king")]
    [InlineData(2, "Option '--confirm' is required.", "practice", "delete", "elm")]
    [InlineData(1, "No host answers on port 1", "health", "--port", "1")]
    public async Task It_is_said_in_a_sentence_and_nothing_is_made(int code, string words, params string[] typed)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "rows.csv"), "name\nAda\n", TestContext.Current.CancellationToken);

        var (ended, said) = await RunAsync([.. typed.Select(t => t.Replace("FOLDER", folder, StringComparison.Ordinal))]);

        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Equal(code, ended);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("should not have", said, StringComparison.Ordinal);
        Assert.Equal(["rows.csv"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_verb_that_reads_makes_no_catalogue_on_the_server()
    {
        var connection = await TestServer.ConnectionAsync();

        var (ended, said) = await RunAsync("practice", "list", "--connection", connection);

        Assert.Equal(1, ended);
        Assert.Contains("nothing was ever served from this database server", said, StringComparison.Ordinal);
        await using var server = NpgsqlDataSource.Create(connection);
        await using var made = server.CreateCommand("select count(*) from pg_database where datname = 'modular'");
        Assert.Equal(0L, await made.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_not_PostgreSQL_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var answering = AnswerAsync(other);

        var (ended, said) = await RunAsync("serve", "--connection", $"Host=127.0.0.1;Port={((IPEndPoint)other.LocalEndpoint).Port};Username=x;SSL Mode=Disable");

        Assert.Equal(1, ended);
        Assert.Contains("does not speak as PostgreSQL does", said, StringComparison.Ordinal);
        other.Stop();
        await answering;
    }

    [Fact]
    public async Task A_user_whom_the_server_does_not_let_in_is_named_and_no_password_is()
    {
        var connection = new NpgsqlConnectionStringBuilder(await TestServer.ConnectionAsync()) { Username = "stranger", Password = "hedge-stone" };

        var (ended, said) = await RunAsync("practice", "list", "--connection", connection.ConnectionString);

        Assert.Equal(1, ended);
        Assert.Contains("does not let stranger in", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hedge-stone", said, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptTcpClientAsync();
                _ = await caller.GetStream().ReadAsync(new byte[64]);
                await caller.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] typed)
    {
        using var said = new StringWriter();
        return (await CommandLine.RunAsync(typed, said, said), said.ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
