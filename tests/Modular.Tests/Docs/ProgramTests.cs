using System.Net;
using Modular.Testing;
using Modular.Tests.Partners;

namespace Modular.Tests.Docs;

/// <summary>How the pages say that an API is tried, done with the API of a plugin.</summary>
public sealed class ProgramTests(TestingKitTests.Kit kit) : IClassFixture<TestingKitTests.Kit>
{
    private TestPractice Practice => kit.Practice;

    // snippet: test-program
    [Fact]
    public async Task A_program_takes_the_copay_of_a_visit_once()
    {
        using var program = await Practice.ConnectAsync("panels.page.read");
        var visit = Guid.CreateVersion7();

        var taken = (await program.PostAsync("/api/panels/copays", new { visit }, key: "desk 7")).ShouldBe(HttpStatusCode.Created);
        Assert.Equal((1, 1), (taken.Version, taken.Body.GetProperty("number").GetInt32()));

        // The same key is the same thing to be done; another one is refused by the constraint.
        (await program.PostAsync("/api/panels/copays", new { visit }, key: "desk 7")).ShouldBe(HttpStatusCode.Created);
        (await program.PostAsync("/api/panels/copays", new { visit })).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "took the copay of this visit already");
    }
    // end
}
