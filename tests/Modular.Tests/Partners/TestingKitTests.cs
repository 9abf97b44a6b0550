using Modular.Tests.Harness;
using System.Net;
using Modular.Counting.Messages;
using Modular.Sdk;
using Modular.Testing;
using Modular.Tests.Bus;

namespace Modular.Tests.Partners;

/// <summary>The testing kit says what is wrong when something is; that it passes what is right, the template's tests show.</summary>
public sealed class TestingKitTests(TestingKitTests.Kit kit) : IClassFixture<TestingKitTests.Kit>
{
    public sealed class Kit : IAsyncLifetime
    {
        public TestPractice Practice { get; private set; } = null!;

        private string folder = "";

        public async ValueTask InitializeAsync()
        {
            folder = Directory.CreateTempSubdirectory("modular-kit-").FullName;
            Harness.Plugins.Copy("panels", folder);
            Practice = await StartAsync(Path.Combine(folder, "panels"));
        }

        public async ValueTask DisposeAsync()
        {
            await Practice.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_handler_that_fails_fails_the_test_that_waits_with_its_own_words()
    {
        await using var practice = await StartAsync();

        await practice.PublishAsync(new Counted(20));
        var failed = await Assert.ThrowsAsync<TestFailedException>(() => practice.SettleAsync());

        Assert.Contains("counting.second", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Poison for", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_handlers_publish_is_heard_once_everything_has_settled()
    {
        await kit.Practice.ListenAsync<Tallied>();

        await kit.Practice.PublishAsync(new Counted(7), new Counted(8));
        await kit.Practice.SettleAsync();

        Assert.Equal([7, 8], (await kit.Practice.HeardAsync<Tallied>()).Select(t => t.Number).Order());
        Assert.Equal(2L, await kit.Practice.ValueAsync<long>("select count(*) from counting.thirds where number = any($1)", new[] { 7, 8 }));
    }

    [Fact]
    public async Task A_message_for_later_comes_when_the_test_moves_the_clock_and_not_before()
    {
        await using var practice = await StartAsync();
        await practice.PublishAsync(new Counted(3).ScheduledAt(practice.Clock.GetUtcNow().AddDays(2)));

        practice.Clock.Pass(TimeSpan.FromDays(1));
        await practice.SettleAsync();
        Assert.Equal(0L, await practice.ValueAsync<long>("select count(*) from counting.thirds"));

        practice.Clock.Pass(TimeSpan.FromDays(1));
        await practice.SettleAsync();
        Assert.Equal(1L, await practice.ValueAsync<long>("select count(*) from counting.thirds"));
    }

    [Fact]
    public async Task A_page_that_is_not_as_expected_says_what_it_says_instead()
    {
        using var nobody = kit.Practice.Nobody();
        var page = await nobody.OpenAsync("/account/sign-in");

        page.ShouldBe(HttpStatusCode.OK).ShouldHave("form#sign-in", count: 1).ShouldNotSay("Chicago").ShouldSay("Password");
        Assert.Contains("It says:", Assert.Throws<TestFailedException>(() => page.ShouldSay("Chicago")).Message, StringComparison.Ordinal);
        Assert.Contains("says \"Password\"", Assert.Throws<TestFailedException>(() => page.ShouldNotSay("Password")).Message, StringComparison.Ordinal);
        Assert.Contains("has 1 of form#sign-in, not 2", Assert.Throws<TestFailedException>(() => page.ShouldHave("form#sign-in", 2)).Message, StringComparison.Ordinal);
        Assert.Contains("answered 200, not 422", Assert.Throws<TestFailedException>(() => page.ShouldRefuse("Choose")).Message, StringComparison.Ordinal);
        var field = await Assert.ThrowsAsync<TestFailedException>(() => page.SubmitAsync("form#sign-in", ("Nmae", "x")));
        Assert.Contains("no field Nmae. It has: ", field.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_or_program_that_meets_a_failure_fails_the_test_with_what_was_thrown()
    {
        using var program = await kit.Practice.ConnectAsync("panels.page.read");

        var failed = await Assert.ThrowsAsync<TestFailedException>(() => program.PostAsync("/api/panels/notes", new { text = "fail" }));

        Assert.Contains("POST /api/panels/notes failed (500): System.InvalidOperationException: A partner's mistake.", failed.Message, StringComparison.Ordinal);
        Assert.Contains("PanelsApi.cs", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_has_what_it_was_given_and_sends_key_and_version_by_itself()
    {
        using var program = await kit.Practice.ConnectAsync("panels.page.read");
        using var other = await kit.Practice.ConnectAsync([kit.Practice.Locations[0]], "panels.secret.read");
        var visit = Guid.CreateVersion7();

        (await program.PostAsync("/api/panels/copays", new { visit }, version: 3, key: "versions")).ShouldBe(HttpStatusCode.Created);
        (await program.PostAsync("/api/panels/copays", new { visit }, version: 4, key: "versions")).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "was used for another request");
        (await other.GetAsync("/api/panels")).ShouldRefuse(HttpStatusCode.Forbidden, "panels.page.read");
        var status = await Assert.ThrowsAsync<TestFailedException>(async () => (await program.GetAsync("/api/panels")).ShouldBe(HttpStatusCode.Created));
        Assert.Contains("GET /api/panels answered 200, not 201: {", status.Message, StringComparison.Ordinal);
        var scope = await Assert.ThrowsAsync<TestFailedException>(() => kit.Practice.ConnectAsync("panels.page.write"));
        Assert.Contains("No module that runs declares panels.page.write.", scope.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boxes_of_one_name_are_all_sent()
    {
        using var owner = await kit.Practice.SignInAsync(Roles.Owner);
        var form = await owner.OpenAsync("/admin/programs/edit");

        (await form.SubmitAsync("form#program", ("Form.Name", "Two boxes"), ("Form.Scopes", "panels.page.read"), ("Form.Scopes", "panels.secret.read"))).ShouldBe(HttpStatusCode.OK);

        Assert.Equal("panels.page.read panels.secret.read", await kit.Practice.ValueAsync<string>(
            "select array_to_string(array(select unnest(scopes) order by 1), ' ') from core.programs where name = 'Two boxes'"));
    }

    [Fact]
    public async Task A_role_opens_what_it_may_and_somebody_else_is_told()
    {
        var path = $"/panels/pages/{Guid.CreateVersion7()}";
        using var desk = await kit.Practice.SignInAsync(Roles.FrontDesk, kit.Practice.Locations[0]);
        using var biller = await kit.Practice.SignInAsync(Roles.Biller);
        using var nobody = kit.Practice.Nobody();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await desk.StatusOfAsync(path), await biller.StatusOfAsync(path)));
        Assert.Contains("answered 403", (await Assert.ThrowsAsync<TestFailedException>(() => biller.OpenAsync(path))).Message, StringComparison.Ordinal);
        Assert.Contains("asks to sign in", (await Assert.ThrowsAsync<TestFailedException>(() => nobody.OpenAsync(path))).Message, StringComparison.Ordinal);
        var role = await Assert.ThrowsAsync<TestFailedException>(() => kit.Practice.SignInAsync("janitor"));
        Assert.Contains("There is no role janitor. There are: front-desk", role.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_does_not_run_ends_the_start_with_the_sentence_of_the_modules_page()
    {
        var folder = Directory.CreateTempSubdirectory("modular-kit-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "module.json"), """{ "id": "empty", "name": "Empty", "version": "1.0.0", "sdk": "0.9", "assembly": "Empty.dll" }""", TestContext.Current.CancellationToken);

        var failed = await Assert.ThrowsAsync<TestFailedException>(() => StartAsync(folder));

        Directory.Delete(folder, recursive: true);
        Assert.Contains("The module empty in", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Its assembly Empty.dll is not in its folder.", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("place    text not null,", "place    text nut null,", "The migrations of panels failed. 0001_copays.sql, line 5: syntax error")]
    [InlineData("place    text not null,", "spot     text not null,", "panels.copays.place is mapped but not in the database")]
    [InlineData("place    text not null,", "place    text,", "panels.copays.place may be null in the database and not in the model")]
    [InlineData("place    text not null,", "place    text not null,\n    taken_by text not null,", "panels.copays.taken_by must be given in the database and is not in the model")]
    public async Task A_migration_that_fails_or_does_not_make_the_model_ends_the_start_of_the_tests(string made, string instead, string sentence)
    {
        var folder = Directory.CreateTempSubdirectory("modular-kit-").FullName;
        Harness.Plugins.Copy("panels", folder);
        var migration = Path.Combine(folder, "panels", "Migrations", "0001_copays.sql");
        await File.WriteAllTextAsync(migration, (await File.ReadAllTextAsync(migration, TestContext.Current.CancellationToken)).Replace(made, instead, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var failed = await Assert.ThrowsAsync<TestFailedException>(() => StartAsync(Path.Combine(folder, "panels")));

        Directory.Delete(folder, recursive: true);
        Assert.Contains(sentence, failed.Message, StringComparison.Ordinal);
    }

    private static Task<TestPractice> StartAsync(params string[] more) => TestPractice.StartAsync(new()
    {
        Modules = [Path.Combine(BusHost.PluginsFolder(), "facts"), Path.Combine(BusHost.PluginsFolder(), "counting"), .. more],
    });
}
