using System.CommandLine;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Cli;

public static class UserCommands
{
    private static readonly Argument<string> Slug = new("practice") { Description = "Short name of the practice" };
    private static readonly Argument<string> SignIn = new("name") { Description = "E-mail or user name to sign in with" };

    public static Command Create()
    {
        var user = new Command("user", "Add people, or let them in again.") { Add(), Reset() };
        user.AddConnection();
        return user;
    }

    private static Command Add()
    {
        var name = new Option<string?>("--name") { Description = "Name that colleagues read; the sign-in name when left out" };
        var role = new Option<string>("--role") { Description = $"One of {string.Join(", ", Roles.All)}", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var command = new Command("add", "Add a person and print the link by which they choose a password.") { Slug, SignIn, name, role };
        command.SetAction((parsed, ct) => WithPeopleAsync(parsed, async people =>
        {
            var (_, link) = await people.InviteAsync(new(parsed.GetValue(name) ?? parsed.GetValue(SignIn)!, parsed.GetValue(SignIn)!, new([parsed.GetValue(role)!]), null), ct);
            Console.WriteLine($"Added. Hand this over with the practice's address before it; it works once: {link}");
        }, ct));
        return command;
    }

    private static Command Reset()
    {
        var phone = new Option<bool>("--lost-phone") { Description = "Also forget the authenticator app and passkeys" };
        var command = new Command("reset", "End a person's sessions and print a link for a new password.") { Slug, SignIn, phone };
        command.SetAction((parsed, ct) => WithPeopleAsync(parsed, async people =>
        {
            var person = await people.FindAsync(parsed.GetValue(SignIn)!, ct) ?? throw new PeopleException($"Nobody signs in as {parsed.GetValue(SignIn)}.");
            Console.WriteLine($"Hand this over with the practice's address before it; it works once: {await people.ResetAsync(person, parsed.GetValue(phone), ct)}");
        }, ct));
        return command;
    }

    private static async Task<int> WithPeopleAsync(ParseResult parsed, Func<PeopleAdmin, Task> act, CancellationToken ct)
    {
        await using var session = await AdminSession.OpenAsync(parsed, ct);
        await using var scope = session.Services.OpenScope(session.Practice(parsed.GetValue(Slug)!), Actor.System("command line"));
        try
        {
            await act(scope.ServiceProvider.GetRequiredService<PeopleAdmin>());
            return 0;
        }
        catch (PeopleException e)
        {
            throw new CommandFailedException(e.Message);
        }
    }
}
