using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Docs;

/// <summary>The pages of sdk/docs say what is compiled here, and every link leads somewhere.</summary>
public sealed partial class DocsTests(SharedHost shared)
{
    [Fact]
    public void Every_csharp_block_is_the_compiled_source_that_it_names()
    {
        var wrong =
            from block in Markdown.SdkPages.SelectMany(Markdown.Blocks)
            where block.Language == "csharp"
            let fault = block.Snippet is null ? "names no snippet"
                : SourceRegions.Find(block.Snippet) is not { } source ? $"names the snippet {block.Snippet}, which is nowhere"
                : Squeeze(source) != Squeeze(block.Text) ? $"differs from the snippet {block.Snippet}"
                : null
            where fault is not null
            select $"{block.File}:{block.Line} {fault}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_snippet_is_shown_on_a_page()
    {
        var shown = Markdown.SdkPages.SelectMany(Markdown.Blocks).Select(b => b.Snippet).ToHashSet();
        var unshown = from name in SourceRegions.All.Keys where !shown.Contains(name) select name;

        Assert.Empty(unshown);
    }

    [Fact]
    public void Every_element_of_a_view_on_the_pages_is_one_of_the_tag_helpers()
    {
        var known = typeof(Slice).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<HtmlTargetElementAttribute>()).Select(a => a.Tag).ToHashSet();
        var strange =
            from block in Markdown.SdkPages.SelectMany(Markdown.Blocks)
            where block.Language == "cshtml"
            from Match element in Element().Matches(block.Text)
            where !known.Contains(element.Groups["name"].Value)
            select $"{block.File}:{block.Line} <{element.Groups["name"].Value}>";

        Assert.Empty(strange);
    }

    [Fact]
    public void A_form_in_the_drawer_that_changes_a_row_is_at_most_sixty_lines_class_and_view_together()
    {
        var requests = Path.Combine(Repository.Root, "sdk", "Modular.Templates", "content", "modular-module", "Requests");

        Assert.InRange(new[] { "EditRequest.cs", "EditRequest.cshtml" }.Sum(file => File.ReadLines(Path.Combine(requests, file)).Count()), 20, 60);
    }

    [Fact]
    public void Every_relative_link_leads_to_a_file()
    {
        var dead =
            from file in Markdown.Files
            from link in Markdown.Links(file)
            where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#') && !link.StartsWith("mailto:", StringComparison.Ordinal)
            let target = Path.Combine(Path.GetDirectoryName(file)!, link.Split('#')[0])
            where !Path.Exists(target)
            select $"{Path.GetRelativePath(Repository.Root, file)} → {link}";

        Assert.Empty(dead);
    }

    [Fact]
    public void No_page_for_partners_links_out_of_its_folder()
    {
        // Decisions stay in the repository.
        var pages = Markdown.SdkPages.Where(p => Path.GetFileName(Path.GetDirectoryName(p)) == "docs");
        var outside = from page in pages from link in Markdown.Links(page) where link.StartsWith("..", StringComparison.Ordinal) select $"{Path.GetFileName(page)} → {link}";

        Assert.Empty(outside);
    }

    [Fact]
    public void Every_page_is_in_the_index()
    {
        var index = Path.Combine(Repository.Root, "sdk", "docs", "README.md");
        var linked = Markdown.Links(index).Select(l => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(index)!, l.Split('#')[0]))).Append(index).ToHashSet();
        var missing = from page in Markdown.SdkPages where !linked.Contains(page) select page;

        Assert.Empty(missing);
    }

    [Fact]
    public void The_host_takes_the_sample_for_no_module()
    {
        var test = typeof(ReferralsModule).Assembly;
        var slices = shared.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo.Assembly);

        Assert.DoesNotContain(test, slices);
        Assert.DoesNotContain(shared.Host.Services.GetRequiredService<HandlerMap>().All, h => h.MessageType.Assembly == test);
    }

    private static string Squeeze(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("<(?<name>[a-z]+(-[a-z]+)+)[ />]")]
    private static partial Regex Element();
}
