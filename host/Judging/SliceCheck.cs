using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Judging;

/// <summary>
/// A module's pages, judged before MVC sees them: whatever would stop the host or answer in another module's place
/// turns off this module alone.
/// </summary>
public static class SliceCheck
{
    private static readonly IDictionary<string, Type> Constraints = new RouteOptions().ConstraintMap
        .ToDictionary(c => c.Key, c => c.Value, StringComparer.OrdinalIgnoreCase);

    private static readonly ConditionalWeakTable<Type, MethodInfo[]> Known = [];

    public static IEnumerable<Type> Slices(Assembly assembly) => assembly.GetTypes().Where(t => (t.IsAssignableTo(typeof(Slice)) || t.IsAssignableTo(typeof(ApiSlice))) && !t.IsAbstract);

    /// <summary>Methods with an address, those of a base class of the module too.</summary>
    // Asked several times at every start; reading the attributes of the hundred methods of ControllerBase for each page took half of it.
    public static IReadOnlyList<MethodInfo> Actions(Type slice) => Known.GetValue(slice, static type =>
        [.. type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => !m.DeclaringType!.IsAssignableFrom(typeof(Slice)) && !m.DeclaringType.IsAssignableFrom(typeof(ApiSlice)) && Routes(m).Any())]);

    public static IReadOnlyList<string> Faults(Assembly assembly, string id) =>
    [
        .. assembly.GetTypes().Where(IsOtherController)
            .Select(t => $"Its class {t.Name} is a controller but no Slice; every page is a Slice, and what programs call an ApiSlice."),
        .. Slices(assembly).SelectMany(slice => SliceFaults(slice, id)),
        .. AddressTwice(assembly),
        .. ViewTwice(assembly, id),
    ];

    private static IEnumerable<IRouteTemplateProvider> Routes(MemberInfo member) => member.GetCustomAttributes().OfType<IRouteTemplateProvider>();

    private static bool IsOtherController(Type type) => type is { IsAbstract: false, IsPublic: true } && !type.IsAssignableTo(typeof(Slice)) && !type.IsAssignableTo(typeof(ApiSlice))
        && (type.IsAssignableTo(typeof(ControllerBase)) || type.IsDefined(typeof(ControllerAttribute), true) || type.Name.EndsWith("Controller", StringComparison.Ordinal))
        && !type.IsDefined(typeof(NonControllerAttribute), true);

    /// <summary>Every page stands below the module's own address and says who may open it.</summary>
    private static IEnumerable<string> SliceFaults(Type slice, string id)
    {
        if (Routes(slice).Any())
        {
            yield return $"Its page {slice.Name} has an address on the class; each method has its own.";
        }

        foreach (var action in Actions(slice))
        {
            if (Routes(action).Select(r => AddressFault(slice, action, id, r.Template ?? "")).OfType<string>().FirstOrDefault() is { } fault)
            {
                yield return fault;
            }

            if (!HasRule(action) && !HasRule(slice))
            {
                yield return $"Its page {slice.Name} ({action.Name}) declares no permission.";
            }
        }
    }

    private static string? AddressFault(Type slice, MethodInfo action, string id, string template)
    {
        if (PublicFault(slice, action, id, template) is { } publicly)
        {
            return $"Its page {slice.Name} ({action.Name}) {publicly}";
        }

        var below = slice.IsAssignableTo(typeof(ApiSlice)) ? $"api/{id}" : id;
        return !IsPublic(action) && !DeclarationCheck.IsBelow(below, template)
            ? $"Its page {slice.Name} answers to /{template.TrimStart('/')}; a module's pages stand below /{id}, and what programs call below /api/{id}."
            : TemplateFault(template) is { } fault ? $"Its page {slice.Name} has the address {template}, which cannot be read: {fault}" : null;
    }

    private static bool IsPublic(MethodInfo action) => action.IsDefined(typeof(PublicPageAttribute));

    /// <summary>People without an account come through the public door alone, where no session of the staff is read.</summary>
    internal static string? PublicFault(Type slice, MethodInfo action, string id, string template)
    {
        var open = (action.GetCustomAttribute<OpenToAttribute>() ?? slice.GetCustomAttribute<OpenToAttribute>())?.Audience == Audience.Anyone;
        var page = action.GetCustomAttribute<PublicPageAttribute>();
        return page is null
            ? open ? $"is open to anyone; a page for people without an account is a PublicSlice with [PublicPage] below /public/{id}." : null
            : !slice.IsAssignableTo(typeof(PublicSlice)) ? "is a public page and no PublicSlice."
            : !DeclarationCheck.IsBelow($"public/{id}", template)
                ? $"answers to /{template.TrimStart('/')}; a module's public pages stand below /public/{id}."
            : open || action.IsDefined(typeof(NeedsAttribute)) || slice.IsDefined(typeof(NeedsAttribute)) ? "is a public page; it has no other rule."
            : page.Link is null == template.EndsWith("/{link}", StringComparison.Ordinal)
                ? "is opened by a link exactly when its address ends in /{link}."
            : string.IsNullOrWhiteSpace(page.Reason) ? "is a public page without a reason."
            : null;
    }

    /// <summary>A page that no link opens, and a link that leads to no page.</summary>
    public static string? UndeclaredLink(LoadedModule module)
    {
        var pages = (from slice in Slices(module.Assembly!)
                     from action in Actions(slice)
                     let link = action.GetCustomAttribute<PublicPageAttribute>()?.Link
                     where link is not null
                     from route in Routes(action)
                     select (Slice: slice.Name, Link: link, Path: "/" + route.Template!.TrimStart('/'))).ToList();
        var kinds = module.Declared.Links;
        return pages.Where(p => !kinds.Exists(k => k.Id == p.Link)).Select(p => $"Its page {p.Slice} is opened by the link {p.Link}, which it does not declare.")
            .FirstOrDefault()
            ?? kinds.Where(k => !pages.Exists(p => p.Link == k.Id && p.Path == k.Path + "/{link}"))
                .Select(k => $"Its link {k.Id} leads to {k.Path}, and no page of that link stands there.").FirstOrDefault();
    }

    private static string? TemplateFault(string template)
    {
        try
        {
            var unknown = RoutePatternFactory.Parse(template).Parameters.SelectMany(p => p.ParameterPolicies)
                .Select(p => p.Content?.Split('(')[0]).FirstOrDefault(name => name is not null && !Constraints.ContainsKey(name));
            return unknown is null ? null : $"there is no constraint {unknown}.";
        }
        catch (RoutePatternException e)
        {
            return e.Message;
        }
    }

    /// <summary>Of two pages with one address and verb neither would answer.</summary>
    private static IEnumerable<string> AddressTwice(Assembly assembly) =>
        from slice in Slices(assembly)
        from action in Actions(slice)
        from route in Routes(action)
        from verb in (route as IActionHttpMethodProvider)?.HttpMethods ?? ["any"]
        group slice.Name by (verb, (route.Template ?? "").ToLowerInvariant().Trim('/')) into same
        where same.Count() > 1
        select $"Its pages {string.Join(" and ", same)} both answer {same.Key.verb} /{same.Key.Item2}.";

    /// <summary>View paths are global, upper and lower case alike; the first would win silently.</summary>
    private static IEnumerable<string> ViewTwice(Assembly assembly, string id)
    {
        var host = Views(typeof(SliceCheck).Assembly).Concat(Views(typeof(Slice).Assembly));
        return Views(assembly).Select(v => $"/{id}{v}").Concat(host).GroupBy(v => v, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(twice => $"Its views {string.Join(" and ", twice.Order(StringComparer.Ordinal))} have one path.");
    }

    /// <summary>Paths of the compiled views, as the module has them.</summary>
    public static IEnumerable<string> Views(Assembly assembly) =>
        ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly)
            .OfType<IRazorCompiledItemProvider>().SelectMany(p => p.CompiledItems).Select(i => i.Identifier);

    private static bool HasRule(MemberInfo member) =>
        member.IsDefined(typeof(NeedsAttribute), true) || member.IsDefined(typeof(OpenToAttribute), true)
            || member.IsDefined(typeof(PublicPageAttribute), true);
}
